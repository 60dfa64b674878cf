#!/usr/bin/env python3
"""What a terminal shows of a long run: terminal.py PARTWELL

A project that takes a while is checked and built on pseudo terminals. What is written there is read as it comes, and
again as a screen shows it in the end."""

import fcntl
import os
import pathlib
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios

VENDORS = 4000
CLEAR = "\r\x1b[K"
BASE = pathlib.Path(__file__).parent / "bases" / "full.md"


def project(folder):
    vendors = folder / "content" / "vendors"
    vendors.mkdir(parents=True)
    (folder / "handbook.yaml").write_text("title: T\nas_of: 2026-11-21\n")
    text = BASE.read_text()
    for n in range(VENDORS):
        (vendors / f"v{n}.md").write_text(text)


def on_terminal(command, columns, **environment):
    """Everything that a command writes to a terminal of so many columns."""
    child, terminal = pty.fork()
    if child == 0:
        os.execve(command[0], command, {**os.environ, "TERM": "xterm", **environment})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    said = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        said += piece
    os.close(terminal)
    os.waitpid(child, 0)
    return said.decode()


def passing(said):
    """The lines that were taken back."""
    return [line.split("\r")[0] for line in said.split(CLEAR)[1:-1] if line.split("\r")[0]]


def main(partwell):
    problems = []
    with tempfile.TemporaryDirectory() as place:
        root = pathlib.Path(place) / "project"
        project(root)
        check = [partwell, "check", "--root", str(root), "--only", "STR001"]
        build = [partwell, "build", "--root", str(root), "--out", str(pathlib.Path(place) / "site")]
        for name, command, wanted in [("check", check, ["Checking: "]), ("build", build, ["Checking: ", "Making pages: "])]:
            said = on_terminal(command, 80)
            for words in wanted:
                counts = [int(n) for n in re.findall(rf"{words}(\d+) of {VENDORS} ", said)]
                if not counts or counts != sorted(counts) or max(counts) > VENDORS:
                    problems.append(f"{name}: {words!r} counts {counts}")
            last = [line for line in said.replace("\r\n", "\n").split("\n") if line][-1]
            if CLEAR not in said or any(sign in last.split(CLEAR)[-1] for sign in "\r\x1b"):
                problems.append(f"{name}: something stays of the line: {last!r}")
        narrow = passing(on_terminal(check, 20))
        if not narrow or max(map(len, narrow)) > 19:
            problems.append(f"20 columns: {narrow}")
        plain = on_terminal(check, 80, TERM="dumb")
        if "\x1b" in plain or "Checked 4000" not in plain:
            problems.append(f"a terminal without signs: {plain!r}")
        piped = subprocess.run(check, capture_output=True, text=True, check=False)
        if "\x1b" in piped.stderr + piped.stdout or "Checked 4000" not in piped.stderr:
            problems.append(f"no terminal: {piped.stderr!r}")
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))

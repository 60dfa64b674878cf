#!/usr/bin/env python3
"""Tells where the time of a full build goes, by stage, from samples of its stack.

usage: profile.py PARTWELL FOLDER [--top 12]

PARTWELL is built with `cargo build --profile profiling`, FOLDER is a project, as corpus.py writes them. Needs `perf`,
from Debian's linux-perf. Works on one thread, so that waiting for others does not count. A sample belongs to the
innermost stage on its stack: what a stage spends on memory and text is its own.
"""
import argparse
import collections
import os
import re
import subprocess
import tempfile
from pathlib import Path

STAGES = [
    ("coloured code", r"partwell::markdown::highlight|syntect::"),
    ("Markdown", r"partwell::markdown|pulldown_cmark::"),
    ("templates", r"\btera::|partwell::theme|partwell::formats::site"),
    ("search", r"partwell::search|partwell::formats::search"),
    ("writing files", r"partwell::publish"),
    ("looking for secrets", r"partwell::secrets"),
    ("YAML to nodes", r"partwell::yaml|granit_parser::"),
    ("rules", r"partwell::rules"),
    ("exit plans", r"partwell::exit"),
    ("sheets", r"partwell::sheets|partwell::paper|partwell::formats::sheets"),
    ("calendar files", r"partwell::formats::calendar|partwell::book::events"),
    ("handbook.json", r"partwell::formats::json"),
    ("what stands on pages", r"partwell::book|partwell::formats::handbook"),
    ("decode, dates, links", r"partwell::library|partwell::schema::decode|partwell::pipeline::examine"),
    ("reading files", r"partwell::source"),
]


def stacks(partwell, folder):
    """Each sample as the names of its frames, the innermost first."""
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch) / "perf.data"
        memory = Path("/dev/shm")
        with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as out:
            command = ["perf", "record", "-q", "-e", "cpu-clock", "-F", "797", "--call-graph", "dwarf,16384", "-o", str(data), "--",
                       str(partwell), "build", "--root", str(folder), "--out", f"{out}/site"]
            quiet = subprocess.DEVNULL
            subprocess.run(command, check=True, stdout=quiet, stderr=quiet, env={**os.environ, "RAYON_NUM_THREADS": "1"})
        told = subprocess.run(["perf", "script", "-i", str(data), "--no-inline", "-F", "ip,sym"], capture_output=True, text=True, check=True).stdout
    for sample in told.split("\n\n"):
        frames = [line.strip().partition(" ")[2] for line in sample.splitlines() if line.strip()]
        if frames:
            yield frames


def stage_of(frames):
    for frame in frames:
        for name, form in STAGES:
            if re.search(form, frame):
                return name
    return "the rest"


def plain(name):
    """A symbol without its hash, arguments and types."""
    name = re.sub(r"::h[0-9a-f]{16}$", "", name)
    name = re.sub(r"^<(.+?)(?: as .+)?>(?=::)", r"\1", name)
    return re.sub(r"<.*>", "", name)[:70]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("partwell", type=lambda path: Path(path).resolve())
    parser.add_argument("folder", type=Path)
    parser.add_argument("--top", type=int, default=12)
    asked = parser.parse_args()
    by_stage, by_name, inside = collections.Counter(), collections.Counter(), collections.defaultdict(collections.Counter)
    for frames in stacks(asked.partwell, asked.folder):
        stage = stage_of(frames)
        by_stage[stage] += 1
        by_name[plain(frames[0])] += 1
        inside[stage][plain(frames[0])] += 1
    count = sum(by_stage.values())
    print(f"{count} samples, of which stages have")
    for stage, n in by_stage.most_common():
        (name, k), = inside[stage].most_common(1)
        print(f"{100 * n / count:5.1f} %  {stage:22} {100 * k / n:2.0f} % of it {name}")
    print(f"\nand the {asked.top} dearest functions by themselves")
    for name, n in by_name.most_common(asked.top):
        print(f"{100 * n / count:5.1f} %  {name}")


if __name__ == "__main__":
    main()

"""Runs the tools over the pages, round after round, and brings the rounds together."""

import os
import statistics
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

# Reads pages as they are, and with what its arguments take away.
ABLATION = ["cargo", "run", "--quiet", "--release", "--package", "onrecord-article", "--features", "ablation", "--example", "ablation", "--"]


@dataclass
class Tool:
    """A tool: its key, its name in the tables, and the command that runs it over a list of pages."""

    key: str
    name: str
    command: list


@dataclass
class Cost:
    """What a tool took, of each page the median of all rounds."""

    nanoseconds: list
    bytes: int
    failed: int
    peak_kb: int | None

    @property
    def pages_per_second(self):
        return len(self.nanoseconds) / (sum(self.nanoseconds) / 1e9)

    @property
    def megabytes_per_second(self):
        return self.bytes / 1e6 / (sum(self.nanoseconds) / 1e9)

    def milliseconds(self, percent):
        """The time that so many of a hundred pages stay below or at: the nearest rank."""
        ranked = sorted(self.nanoseconds)
        return ranked[max(0, -(-len(ranked) * percent // 100) - 1)] / 1e6


def on_one_core():
    """Binds this process to the last processor that it may use, where the system knows how."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def run(command):
    """Runs a command on one core, without hash randomness, and shows what it says only if it fails."""
    environment = os.environ | {"PYTHONHASHSEED": "0"}
    ran = subprocess.run(
        [str(part) for part in command], preexec_fn=on_one_core, env=environment, capture_output=True, check=False
    )
    if ran.returncode:
        raise RuntimeError(f"{command[0]} {command[1]}: status {ran.returncode}\n{ran.stderr.decode(errors='replace')[-2000:]}")


def rounds(tools, pages, count, out, say):
    """Runs every tool once a round, so that a busy minute of the machine hits all; each time another tool is first.

    Leaves `KEY.predictions.jsonl` in `out` and gives the costs by key.
    """
    taken = {tool.key: [] for tool in tools}
    for number in range(count):
        shift = number * len(tools) // count
        for tool in tools[shift:] + tools[:shift]:
            say(f"round {number + 1} of {count}: {tool.name}")
            times = out / f"{tool.key}.times.tsv"
            run([*tool.command, tool.key, pages, out / f"{tool.key}.predictions.jsonl", times])
            taken[tool.key].append(read_times(times))
    return {key: together(each) for key, each in taken.items()}


def read_times(path):
    """(nanoseconds in page order, bytes, failures, peak kB or None) of one run."""
    nanoseconds, size, outcomes, peak = [], 0, Counter(), None
    for line in Path(path).read_text("utf-8").splitlines():
        columns = line.split("\t")
        if columns[0] == "peak":
            peak = int(columns[1])
            continue
        size += int(columns[1])
        nanoseconds.append(int(columns[2]))
        outcomes[columns[3]] += 1
    return nanoseconds, size, outcomes["failed"], peak


def together(each):
    """One cost of several runs over the same pages."""
    pages = [statistics.median(page) for page in zip(*(run[0] for run in each), strict=True)]
    peaks = [run[3] for run in each if run[3] is not None]
    return Cost(pages, each[0][1], max(run[2] for run in each), statistics.median(peaks) if peaks else None)


@dataclass
class Trap:
    """A trap's time per byte, as a multiple of that of real pages, at each of its lengths, the shortest first.

    `parsing` is a multiple of that of the pages without what their scripts and styles hold; `peer` is what html5ever
    takes to parse the trap at a shorter length, as a multiple of what we take.
    """

    name: str
    reading: list
    parsing: list
    peer: float


def traps(runner, pages, count, out, say):
    """Onrecord on quadratic traps: of each number the median of all rounds."""
    measured, beside, times = {}, {}, out / "traps.times.tsv"
    for number in range(count):
        say(f"round {number + 1} of {count}: traps")
        run([runner, "traps", pages, times])
        usual = {}
        for line in times.read_text("utf-8").splitlines():
            name, size, parsing, reading = line.split("\t")
            if name == "beside":
                beside.setdefault(size, []).append(int(reading) / int(parsing))
                continue
            per_byte = (int(parsing) / int(size), int(reading) / int(size))
            if name in ("pages", "markup"):
                usual[name] = per_byte
            else:
                (_, reading), (parsing, _) = usual["pages"], usual["markup"]
                measured.setdefault((name, int(size)), []).append((per_byte[1] / reading, per_byte[0] / parsing))
    found = {}
    for (name, _), multiples in measured.items():
        trap = found.setdefault(name, Trap(name, [], [], statistics.median(beside[name])))
        trap.reading.append(statistics.median(reading for reading, _ in multiples))
        trap.parsing.append(statistics.median(parsing for _, parsing in multiples))
    return list(found.values())

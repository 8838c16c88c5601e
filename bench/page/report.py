"""The measurements as Markdown, and their place in a file."""

import os
import platform
import re
from pathlib import Path

OPEN, CLOSE = "<!-- page bench -->", "<!-- /page bench -->"
# Most that a trap's byte may cost, in bytes of real pages.
TRAP_LIMIT = 5

# Columns of the table of quality: heading, set, score.
QUALITY = [
    ("scrapinghub F1", "scrapinghub", "F1"),
    ("exact", "scrapinghub", "acc"),
    ("fundus F1", "fundus", "F1"),
    ("mF1", "fundus", "mF1"),
    ("p10", "fundus", "p10"),
    ("title", "fundus", "title"),
    ("date", "fundus", "date"),
    ("authors", "fundus", "auth"),
    ("trafilatura set F1", "trafilatura", "F1"),
    ("title", "trafilatura", "title"),
    ("date", "trafilatura", "date"),
    ("authors", "trafilatura", "auth"),
    ("htmldate date", "htmldate", "date"),
    ("htmldate_mc date", "htmldate_mc", "date"),
]


def machine():
    """Processor, cores and system."""
    model = platform.processor() or platform.machine()
    try:
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        found = None
    return f"{found[1].strip() if found else model}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"


def table(headings, rows):
    """A table whose first column is words and whose others are figures."""
    ruler = ["---"] + ["--:"] * (len(headings) - 1)
    return "\n".join("| " + " | ".join(row) + " |" for row in [headings, ruler, *rows])


def three(value):
    """A share as the field writes it; a dash for what a tool never gives."""
    return "–" if value is None else f"{value:.3f}".removeprefix("0")


def given(scores, name, key):
    """A score; None where the tool gives no such field, or none that is ever right."""
    return scores.get(name, {}).get(key) or None


def quality(tools, scores):
    columns = [column for column in QUALITY if any(column[1] in scores[tool.key] for tool in tools)]
    rows = []
    best = {column: max(given(scores[tool.key], *column[1:]) or 0 for tool in tools) for column in columns}
    for tool in tools:
        cells = []
        for column in columns:
            value = given(scores[tool.key], *column[1:])
            leads = value and three(value) == three(best[column])
            cells.append(f"**{three(value)}**" if leads else three(value))
        rows.append([tool.name, *cells])
    return table(["", *(column[0] for column in columns)], rows)


def megabytes(kilobytes):
    return "–" if kilobytes is None else f"{kilobytes / 1000:.0f}"


def speed(tools, costs):
    rows = []
    for tool in tools:
        cost = costs[tool.key]
        p50, p99 = (f"{cost.milliseconds(percent):.2f}" for percent in (50, 99))
        figures = [f"{cost.pages_per_second:.0f}", f"{cost.megabytes_per_second:.1f}", p50, p99]
        rows.append([tool.name, *figures, megabytes(cost.peak_kb), str(cost.failed)])
    return table(["", "pages/s", "MB/s", "p50 ms", "p99 ms", "peak MB", "failed"], rows)


def parsing(tools, costs):
    rows = [
        [tool.name, f"{costs[tool.key].megabytes_per_second:.0f}", f"{costs[tool.key].milliseconds(99):.2f}",
         megabytes(costs[tool.key].peak_kb)]
        for tool in tools
    ]
    return table(["", "MB/s", "p99 ms", "peak MB"], rows)


def trap_table(traps):
    def cells(multiples):
        return [f"**{multiple:.1f}**" if multiple > TRAP_LIMIT else f"{multiple:.1f}" for multiple in multiples]

    rows = [[trap.name, *cells(trap.reading), *cells(trap.parsing), f"{trap.peer:.1f}"] for trap in traps]
    lengths = [f"{kind}, {length}" for kind in ("read", "parse") for length in ("0.1 MB", "0.5 MB", "2 MB")]
    return table(["", *lengths, "html5ever, of ours"], rows)


def replace_section(text, section, opening=OPEN, closing=CLOSE):
    """The text with what stands between its two markers replaced; without markers, it gets them at its end.

    Raises ValueError if there is only one marker: nobody knows then what to replace.
    """
    markers = f"({re.escape(opening)}|{re.escape(closing)})"
    before, *middle = re.split(markers, text, maxsplit=2)
    if not middle:
        before = text.rstrip("\n") + "\n\n" if text.strip() else ""
        middle = [opening, "", closing, "\n"]
    if len(middle) < 4:
        raise ValueError(f"one marker {middle[0]} alone: its section needs an end, {closing}")
    return f"{before}{middle[0]}\n{section.strip()}\n{middle[2]}{middle[3]}"

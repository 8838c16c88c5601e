"""Compares what two versions of Onrecord print: what version 1 of the contract calls by other names is renamed first."""

import json
import re
from collections import defaultdict

# What version 2 of the contract calls otherwise: JSON Pointers of version 1 as patterns, and those of version 2. The first that
# matches counts.
RENAMED = [
    (r"/quotes/(\d+)/kind", r"/statements/\1/form"),
    (r"/quotes", r"/statements"),
    (r"/chains/(\d+)/mentions/(\d+)/([01])", r"/names/\1/mentions/\2/span/\3"),
    (r"/chains", r"/names"),
    # Results of `search`, columns of `export`.
    (r"/quotes_(named|unnamed|document)", r"/statements_\1"),
    (r"/quote", r"/statement"),
]
# A row of statements calls the form of a statement `kind` in version 1, and the kind of its source `source_kind`; `kind` of other
# rows stays.
RENAMED_IN_STATEMENT_ROWS = [(r"/source_kind", r"/kind"), (r"/kind", r"/form")]
# Values that version 2 spells otherwise.
RESPELT = {"/schema": {"onrecord/1": "onrecord/2"}, "/found": {"quote": "statement"}}
# What version 2 prints and version 1 does not.
ADDED = [
    r"/names/\d+/(kind|link|confidence)(/.*)?",
    r"/names/\d+/mentions/\d+/(form|as)",
]
# A mention that describes somebody ends at its head noun in version 2 ("two officials", not "two officials with knowledge of the
# talks"): its end, and the bytes behind it, may come earlier.
MENTION_ENDS = re.compile(r"/names/\d+/mentions/\d+/span/1|/evidence/~1names~1\d+~1mentions(/.*)?")
# Results of `search`, which have a key `found`, say the form of a statement in version 2 alone.
ADDED_TO_RESULTS = "form"
# Names are printed always in version 2; version 1 has them only where its layer `chains` is printed.
ONLY_IF_BOTH = {"names": "chains"}

# Differences of one kind that are shown; the others are counted.
SHOWN = 3
# Most characters of a value that are shown.
WIDTH = 100


def flat(value, pointer=""):
    """All values below a value, by JSON Pointer; what is empty is a value itself."""
    if isinstance(value, dict) and value:
        for key, below in value.items():
            yield from flat(below, f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list) and value:
        for index, below in enumerate(value):
            yield from flat(below, f"{pointer}/{index}")
    else:
        yield pointer, value


def renamed(pointer, table):
    """A pointer of version 1 as version 2 has it."""
    for pattern, to in table:
        found = re.match(pattern + r"(?=/|$)", pointer)
        if found:
            return found.expand(to) + pointer[found.end() :]
    return pointer


def is_version_1(line):
    """Rows of tables have no schema; those of version 1 have names that version 2 gave up."""
    if "schema" in line:
        return line["schema"] == "onrecord/1"
    return bool({"quote", "quotes", "source_kind"} & line.keys()) or ("cue" in line and "kind" in line and "form" not in line)


def renamings(line):
    """The renamings that a line, a result or a row needs to be one of version 2."""
    if not is_version_1(line):
        return []
    return RENAMED_IN_STATEMENT_ROWS + RENAMED if {"cue", "source_kind"} & line.keys() else RENAMED


def as_version_2(line, table):
    """A line, a result or a row as flat values by the pointers of version 2, without what version 2 added."""
    values = {}
    for key, value in line.items():
        if key == "evidence" and isinstance(value, dict):
            value = {renamed(at, table): ranges for at, ranges in value.items()}
        for pointer, below in flat(value, f"/{key}"):
            if table:
                pointer = renamed(pointer, table)
                below = RESPELT.get(pointer, {}).get(below, below) if isinstance(below, str) else below
            values[pointer] = below
    added = [re.compile(pattern) for pattern in ADDED]
    return {pointer: value for pointer, value in values.items() if not any(one.fullmatch(pointer) for one in added)}


def ends_earlier(pointer, before, after):
    """Whether a mention of a name was only shortened."""
    if not MENTION_ENDS.fullmatch(pointer) or before is None:
        return False
    return after is None or after <= before


def differences(before, after):
    """What differs between two objects: (pointer, value before, value after); None where there is none."""
    if before == after:
        return []
    before, after = dict(before), dict(after)
    old, new = renamings(before), renamings(after)
    for added, former in ONLY_IF_BOTH.items():
        if old and not new and former not in before:
            after.pop(added, None)
    if old and not new and "found" in before:
        after.pop(ADDED_TO_RESULTS, None)
    # What is equal under an unchanged name need not be looked into: tokens are most of a line.
    for key in before.keys() & after.keys():
        if before[key] == after[key] and renamed(f"/{key}", old) == f"/{key}" == renamed(f"/{key}", new):
            del before[key], after[key]
    before, after = as_version_2(before, old), as_version_2(after, new)
    pointers = sorted(before.keys() | after.keys())
    if old and not new:
        pointers = [pointer for pointer in pointers if not ends_earlier(pointer, before.get(pointer), after.get(pointer))]
    return [
        (pointer, before.get(pointer), after.get(pointer))
        for pointer in pointers
        if (pointer in before, before.get(pointer)) != (pointer in after, after.get(pointer))
    ]


class Report:
    """What differs, by kind: pointers that differ only in numbers are one kind."""

    def __init__(self):
        self.compared = 0
        self.kinds = defaultdict(list)

    def note(self, of, pointer, before, after):
        self.kinds[re.sub(r"/\d+", "/*", pointer)].append((of, before, after))

    def compare(self, before, after):
        """Compares lines of JSON, one after the other."""
        for index in range(max(len(before), len(after))):
            self.compared += 1
            if index >= len(before) or index >= len(after):
                missing = "after" if index >= len(after) else "before"
                self.note(f"line {index + 1}", "(no line)", *(("", "a line") if missing == "before" else ("a line", "")))
                continue
            if before[index] == after[index]:
                continue
            left, right = json.loads(before[index]), json.loads(after[index])
            of = left.get("id") or f"line {index + 1}"
            for pointer, was, now in differences(left, right):
                self.note(of, pointer, was, now)

    def compare_bytes(self, of, before, after):
        """Compares what is no JSON."""
        self.compared += 1
        if before == after:
            return
        left, right = before.decode(errors="replace").splitlines(), after.decode(errors="replace").splitlines()
        at = next((i for i, (a, b) in enumerate(zip(left, right)) if a != b), min(len(left), len(right)))
        line = lambda lines: lines[at] if at < len(lines) else None  # noqa: E731
        self.note(f"{of}, line {at + 1}", "(text)", line(left), line(right))

    def __str__(self):
        lines = []
        for kind, found in sorted(self.kinds.items()):
            lines.append(f"  {kind}: {len(found)} differ")
            for of, before, after in found[:SHOWN]:
                lines.append(f"    {of}: {shown(before)} -> {shown(after)}")
        return "\n".join(lines)


def shown(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= WIDTH else text[:WIDTH] + "…"

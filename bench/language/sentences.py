"""Sentences beside those that people marked (GUM): by genre, as published, and hard-wrapped as old news wires were."""

WIDTH = 72


def hard_wrapped(text, width=WIDTH):
    """The text with its paragraphs broken into lines of `width` characters at most; every offset stays what it was."""
    out, start, space = list(text), 0, None
    for at, character in enumerate(text):
        if character == "\n":
            start, space = at + 1, None
            continue
        if character == " ":
            space = at
        if at - start >= width and space is not None:
            out[space] = "\n"
            start, space = space + 1, None
    return "".join(out)


def trimmed(text, spans):
    """The spans without the white space at their ends, empty ones left out."""
    found = set()
    for start, end in spans:
        part = text[start:end]
        start, end = end - len(part.lstrip()), start + len(part.rstrip())
        if start < end:
            found.add((start, end))
    return found


def score(gold, answers):
    """Counts by genre, and for "all": (found and right, found, marked). A missing answer counts as one without sentences."""
    counts = {}
    for record in gold:
        wanted = {tuple(span) for span in record["sents"]}
        found = trimmed(record["text"], answers.get(record["id"], {}).get("sentences", []))
        for kind in (record["genre"], "all"):
            right, given, marked = counts.get(kind, (0, 0, 0))
            counts[kind] = (right + len(wanted & found), given + len(found), marked + len(wanted))
    return counts


def f1(counts):
    right, given, marked = counts
    return 2 * right / (given + marked) if right else 0.0

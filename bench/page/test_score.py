"""The scorer says what a person would say of a few invented pages, and what the reference scorer says of many.

    python3 -m unittest discover bench/page

The reference scorer and its gold lie in `shared/` beside the workspace; where they are absent, that test says so and is
skipped.
"""

import json
import random
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from score import author_names, by_folds, fold, plain, score

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
REFERENCE = SHARED / "score" / "pages.py"
GOLD = SHARED / "data" / "pages" / "gold.jsonl"

FERRY = {"id": "press/ferry", "set": "press", "file": "html/press/ferry.html.gz"}


def one(gold, prediction):
    return score([FERRY | gold], [{"id": "press/ferry"} | prediction])["press"]


class Invented(unittest.TestCase):
    def test_a_missing_last_word_costs_one_of_three_fours(self):
        found = one({"text": "The ferry hit the harbour breakwater"}, {"text": "The ferry hit the harbour"})
        self.assertEqual((found["P"], found["R"], found["mF1"], found["acc"]), (1, 2 / 3, 0.8, 0))

    def test_a_standfirst_may_stand_in_front_or_be_left_out(self):
        gold = {"text": "Six people died on board", "standfirst": ["A ferry sank"]}
        self.assertEqual(one(gold, {"text": "Six people died on board"})["acc"], 1)
        self.assertEqual(one(gold, {"text": "A ferry sank. Six people died on board."})["acc"], 1)

    def test_an_empty_prediction_has_recall_alone(self):
        gold = [FERRY | {"text": "Six people died"}, {**FERRY, "id": "press/b", "file": "b", "text": "Nobody died"}]
        found = score(gold, [{"id": "press/ferry", "text": "Six people died"}])["press"]
        self.assertEqual((found["n"], found["P"], found["R"], found["mF1"], found["p10"]), (2, 1, 0.5, 0.5, 0))

    def test_folds_keep_a_site_together_and_every_page_is_in_one(self):
        sites = [f"paper{number}.example" for number in range(40)]
        gold = [
            FERRY | {"id": f"press/{site}{page}", "file": f"{site}{page}", "site": site, "text": "Six people died"}
            for site in sites
            for page in "ab"
        ]
        predictions = [{"id": page["id"], "text": page["text"]} for page in gold]
        counts = [sets["press"]["n"] for sets in by_folds(gold, predictions, 3)]
        self.assertEqual(sum(counts), 80)
        self.assertEqual(counts, [2 * sum(fold(site, 3) == number for site in sites) for number in range(3)])
        self.assertTrue(all(counts))

    def test_snippets_are_found_across_line_breaks(self):
        gold = {"with": ["hit the breakwater", "in fog"], "without": ["Also Read"]}
        found = one(gold, {"text": "The ferry hit\nthe  breakwater.\nAlso Read: more"})
        self.assertEqual((found["P"], found["R"], found["acc"]), (0.5, 0.5, 1 / 3))

    def test_a_title_with_the_site_glued_on_is_contained_and_not_the_same(self):
        found = one({"title": "Ferry hits breakwater"}, {"title": "FERRY hits breakwater | The Courier"})
        self.assertEqual((found["title"], found["titleC"]), (0, 1))

    def test_days_count_and_times_of_day_do_not(self):
        gold = {"date": "2026-03-09"}
        self.assertEqual(one(gold, {"date": "2026-03-09T21:15:00+01:00"})["date"], 1)
        self.assertEqual(one(gold, {"date": None}), {"n": 1, "date": 0, "dateP": 0})

    def test_names_are_split_and_stripped_of_by_and_degrees(self):
        self.assertEqual(author_names("By Nora Blythe and Ruth Pell, PhD"), {"nora blythe", "ruth pell"})
        self.assertEqual(author_names([{"name": "Von Nora Blythe"}, ["Ruth", "Pell"]]), {"nora blythe", "ruth pell"})

    def test_markup_becomes_lines_without_scripts(self):
        self.assertEqual(plain("<p>A<b>B</b> &amp; C</p><script>x<p></script>D").split(), ["AB", "&", "C", "D"])

    def test_a_page_is_found_by_path_by_name_and_in_onrecords_own_form(self):
        gold = [FERRY | {"title": "Ferry sinks"}]
        for name in ("/a/html/press/ferry.html.gz", "press/ferry.html", "press/ferry", "x/press/ferry"):
            found = score(gold, [{"id": name, "headline": "Ferry sinks", "blocks": []}])
            self.assertEqual(found["press"]["title"], 1, name)
        with self.assertRaises(ValueError):
            score(gold, [{"id": "press/train", "title": "Ferry sinks"}])


def spoilt(page, chance):
    """A prediction as tools make them: gold with words, lines and names lost, added, glued and misread."""
    prediction = {"id": chance.choice([page["id"], "/somewhere/" + page["file"], page["file"].removesuffix(".gz")])}
    if chance.random() < 0.05:
        return prediction
    words = (page.get("text") or " ".join(page.get("with", []) + page.get("without", [])[:1])).split(" ")
    start = chance.randrange(len(words)) if chance.random() < 0.3 else 0
    words = [word for word in words[start:] if chance.random() > 0.01] + ["and", "more"] * chance.randrange(3)
    if chance.random() < 0.3:
        prediction["html"] = "<p>" + "</p><p>".join(words[:3]) + "</p><script>a</script> " + " ".join(words[3:])
    else:
        prediction["text"] = " ".join(words)
    title = page.get("title")
    prediction["title"] = title and chance.choice([title, title.upper(), title + " | Site", title[3:], ""])
    date = page.get("date") if isinstance(page.get("date"), str) else None
    prediction["date"] = chance.choice([date, date and date + "T10:00:00Z", "2020-01-01", "unknown", None])
    authors = page.get("authors") or ["Nobody"]
    prediction["authors"] = chance.choice(
        [authors, authors[:1], "; ".join(authors), "By " + " and ".join(authors), [{"name": name} for name in authors], None]
    )
    if chance.random() < 0.3:
        prediction |= {"headline": prediction.pop("title"), "published": prediction.pop("date"), "blocks": []}
    return prediction


class Reference(unittest.TestCase):
    def agree(self, path):
        ours = score(
            [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()],
            [json.loads(line) for line in Path(path).read_text("utf-8").split("\n") if line],
        )
        ran = subprocess.run(
            [sys.executable, REFERENCE, "--json", GOLD, path], check=True, capture_output=True, encoding="utf-8"
        )
        theirs = {}
        for line in ran.stdout.splitlines():
            values = json.loads(line)
            theirs[values.pop("set")] = values
        self.assertEqual(list(ours), list(theirs))
        for name, values in theirs.items():
            self.assertEqual(list(ours[name]), list(values), name)
            for key, value in values.items():
                self.assertEqual(f"{ours[name][key]:.3f}", f"{value:.3f}", f"{name} {key} of {path}")

    def test_the_reference_scorer_says_the_same_to_three_decimals(self):
        if not REFERENCE.exists():
            print(f"skipped: no reference scorer at {REFERENCE}", file=sys.stderr)
            self.skipTest("no reference scorer")
        gold = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
        for seed in range(3):
            chance = random.Random(seed)
            with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
                file.writelines(json.dumps(spoilt(page, chance)) + "\n" for page in gold)
                file.flush()
                self.agree(file.name)
        for path in sorted((HERE / "out").glob("*.predictions.jsonl")):
            if path.stat().st_size:
                self.agree(path)


if __name__ == "__main__":
    unittest.main()

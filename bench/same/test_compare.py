"""What was renamed is the same, and nothing else is.

    python3 -m unittest discover bench/same
"""

import json
import unittest

from compare import Report, differences

STATEMENT = {"id": "a1", "act": "statement", "content": [[0, 8]], "speaker": {"id": "c1", "name": "Ada Reyes"}}
BEFORE = {
    "id": "ferry.html",
    "schema": "onrecord/1",
    "text": "A ferry sank.",
    "quotes": [STATEMENT | {"kind": "direct"}],
    "chains": [{"id": "c1", "name": "Ada Reyes", "role": None, "mentions": [[2, 7], [9, 11]]}],
    "evidence": {"/quotes/0/content": [[40, 48]], "/headline": [[3, 9]]},
}
AFTER = {
    "id": "ferry.html",
    "schema": "onrecord/2",
    "text": "A ferry sank.",
    "statements": [STATEMENT | {"form": "direct"}],
    "names": [
        {
            "id": "c1",
            "kind": "person",
            "name": "Ada Reyes",
            "role": None,
            "mentions": [
                {"span": [2, 7], "form": "name", "as": "itself"},
                {"span": [9, 11], "form": "pronoun", "as": "itself"},
            ],
            "link": None,
            "confidence": 0.9,
        }
    ],
    "evidence": {"/statements/0/content": [[40, 48]], "/headline": [[3, 9]]},
}
ROW = {"article": "ferry.html", "number": 1, "kind": "direct", "cue": "said", "speaker": "Ada Reyes"}


def pointers(before, after):
    return [pointer for pointer, *_ in differences(before, after)]


class Renamed(unittest.TestCase):
    def test_a_line_of_version_1_and_one_of_version_2_are_the_same(self):
        self.assertEqual(differences(BEFORE, AFTER), [])

    def test_names_are_no_difference_where_version_1_has_no_chains(self):
        self.assertEqual(differences({key: value for key, value in BEFORE.items() if key != "chains"}, AFTER), [])

    def test_a_row_of_statements_has_a_form(self):
        row = {"form" if key == "kind" else key: value for key, value in ROW.items()}
        self.assertEqual(differences(ROW, row), [])
        self.assertEqual(pointers(ROW, row | {"form": "indirect"}), ["/form"])

    def test_results_of_a_search_are_statements(self):
        before = {"found": "quote", "quote": "a1", "number": 1, "score": 2.5}
        self.assertEqual(differences(before, {"found": "statement", "statement": "a1", "number": 1, "score": 2.5}), [])

    def test_two_of_one_version_are_compared_as_they_are(self):
        self.assertEqual(pointers(BEFORE, BEFORE | {"text": "A boat sank."}), ["/text"])
        self.assertEqual(pointers(AFTER, AFTER | {"names": []})[0], "/names")


class Different(unittest.TestCase):
    def test_another_value_under_a_new_name_is_found(self):
        statements = [STATEMENT | {"form": "mixed"}]
        self.assertEqual(differences(BEFORE, AFTER | {"statements": statements}), [("/statements/0/form", "direct", "mixed")])

    def test_other_bytes_as_evidence_are_found(self):
        evidence = {"/statements/0/content": [[40, 49]], "/headline": [[3, 9]]}
        self.assertEqual(pointers(BEFORE, AFTER | {"evidence": evidence}), ["/evidence/~1statements~10~1content/0/1"])

    def test_what_is_gone_is_found(self):
        after = {key: value for key, value in AFTER.items() if key != "text"}
        self.assertEqual(differences(BEFORE, after), [("/text", "A ferry sank.", None)])

    def test_a_mention_more_is_found(self):
        before = BEFORE | {"chains": [BEFORE["chains"][0] | {"mentions": [[2, 7]]}]}
        self.assertEqual(pointers(before, AFTER), ["/names/0/mentions/1/span/0", "/names/0/mentions/1/span/1"])

    def test_a_line_that_is_missing_is_found_and_kinds_are_counted(self):
        report = Report()
        other = AFTER | {"statements": [STATEMENT | {"form": "mixed"}] * 2}
        report.compare([json.dumps(BEFORE)] * 2, [json.dumps(other)])
        self.assertIn("/statements/*/form: 2 differ", str(report))
        self.assertIn("(no line): 1 differ", str(report))


if __name__ == "__main__":
    unittest.main()

"""Tests of `sentences`: `python3 -m unittest discover bench/language`."""

import unittest

from sentences import f1, hard_wrapped, score, trimmed


class Sentences(unittest.TestCase):
    def test_wrapping_keeps_every_offset(self):
        text = "The ferry struck the pier. Nobody was hurt.\n\nThe port is closed."
        wrapped = hard_wrapped(text, 20)
        self.assertEqual(wrapped, "The ferry struck the\npier. Nobody was\nhurt.\n\nThe port is closed.")
        self.assertEqual(len(wrapped), len(text))

    def test_a_long_word_stays_whole(self):
        self.assertEqual(hard_wrapped("a bbbbbbbbbb c", 5), "a\nbbbbbbbbbb\nc")

    def test_white_space_at_the_ends_does_not_count(self):
        self.assertEqual(trimmed("One.  Two. ", [[0, 6], [6, 11], [4, 6]]), {(0, 4), (6, 10)})

    def test_scores_by_genre_and_missing_answers(self):
        gold = [
            {"id": "a", "genre": "news", "text": "One. Two.", "sents": [[0, 4], [5, 9]]},
            {"id": "b", "genre": "fiction", "text": "Three.", "sents": [[0, 6]]},
        ]
        counts = score(gold, {"a": {"sentences": [[0, 5], [5, 8]]}})
        self.assertEqual(counts, {"news": (1, 2, 2), "fiction": (0, 0, 1), "all": (1, 2, 3)})
        self.assertAlmostEqual(f1(counts["all"]), 0.4)
        self.assertEqual(f1(counts["fiction"]), 0.0)


if __name__ == "__main__":
    unittest.main()

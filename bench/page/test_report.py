"""Medians, ranks, and the section of a file that a report replaces.

    python3 -m unittest discover bench/page
"""

import tempfile
import unittest
from pathlib import Path

import measure
import report

PAGE_TIMES = "a\t1000\t{}\tok\nb\t3000\t4000000\tfailed\npeak\t{}\n"


class Rounds(unittest.TestCase):
    def cost(self, *rounds):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "times.tsv"
            runs = []
            for nanoseconds, peak in rounds:
                file.write_text(PAGE_TIMES.format(nanoseconds, peak))
                runs.append(measure.read_times(file))
        return measure.together(runs)

    def test_of_three_rounds_the_middle_one_counts(self):
        cost = self.cost((1_000_000, 500), (90_000_000, 700), (2_000_000, 600))
        self.assertEqual((cost.nanoseconds, cost.bytes, cost.failed, cost.peak_kb), ([2e6, 4e6], 4000, 1, 600))
        self.assertAlmostEqual(cost.pages_per_second, 2 / 0.006)
        self.assertAlmostEqual(cost.megabytes_per_second, 0.004 / 0.006)

    def test_percentiles_are_times_of_real_pages(self):
        cost = measure.Cost([float(page * 1_000_000) for page in range(1, 201)], 1, 0, None)
        self.assertEqual((cost.milliseconds(50), cost.milliseconds(99)), (100, 198))
        self.assertEqual(measure.Cost([7e6], 1, 0, None).milliseconds(99), 7)


class Section(unittest.TestCase):
    def test_what_stands_between_the_markers_is_replaced(self):
        for close in (report.CLOSE, report.OPEN):
            old = f"Before\n{report.OPEN}\nold\n{close}\nAfter\n"
            self.assertEqual(report.replace_section(old, "new"), f"Before\n{report.OPEN}\nnew\n{close}\nAfter\n")

    def test_a_file_without_markers_gets_them_at_its_end_and_then_keeps_them(self):
        first = report.replace_section("Before\n", "one")
        self.assertEqual(first, f"Before\n\n{report.OPEN}\none\n{report.CLOSE}\n")
        self.assertEqual(report.replace_section(first, "two"), first.replace("one", "two"))
        self.assertEqual(report.replace_section("", "one"), f"{report.OPEN}\none\n{report.CLOSE}\n")

    def test_one_marker_alone_replaces_nothing(self):
        with self.assertRaises(ValueError):
            report.replace_section(f"Before\n{report.OPEN}\nAfter", "new")


class Tables(unittest.TestCase):
    def test_the_best_of_a_column_is_bold_and_nothing_is_a_dash(self):
        tools = [measure.Tool("a", "A", []), measure.Tool("b", "B", [])]
        scores = {"a": {"htmldate": {"date": 0.9114}}, "b": {"htmldate": {"date": 0}}}
        self.assertEqual(report.quality(tools, scores).splitlines()[2:], ["| A | **.911** |", "| B | – |"])

    def test_a_trap_above_the_limit_is_bold(self):
        rows = report.trap_table([measure.Trap("b", [4.9, 5.1, 4.8], [1, 2, 9], 7.5)]).splitlines()
        self.assertEqual(rows[2], "| b | 4.9 | **5.1** | 4.8 | 1.0 | 2.0 | **9.0** | 7.5 |")


if __name__ == "__main__":
    unittest.main()

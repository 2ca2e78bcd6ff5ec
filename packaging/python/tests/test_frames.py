"""Rows in pandas and polars; skipped without them."""

import importlib.util
import os
import subprocess
import tempfile
import unittest

import newshound

CORPUS = os.environ["NEWSHOUND_CORPUS"]
MISSING = [name for name in ("pandas", "polars") if importlib.util.find_spec(name) is None]


@unittest.skipIf(MISSING, f"not installed: {MISSING}")
class Frames(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.dir = tempfile.TemporaryDirectory()
        path = os.path.join(cls.dir.name, "index")
        subprocess.run(["newshound", "index", CORPUS, "--index", path], capture_output=True, check=True)
        index = newshound.Index(path)
        cls.answers = [
            index.search("the", limit=None),
            index.quotes(limit=None),
            index.speakers(limit=None),
            index.verify("I was elected to bring long-term peace to this valley"),
            index.trail("I was elected to bring long-term peace to this valley"),
            index.timeline(["peace", "bridges date:2025"], every="year"),
            newshound.attribute('"We have no coal," said Lena Brandt.'),
        ]

    @classmethod
    def tearDownClass(cls):
        cls.dir.cleanup()

    def test_rows_go_into_frames_as_they_are(self):
        import pandas
        import polars

        for answer in self.answers:
            frame = pandas.DataFrame(answer)
            self.assertEqual((len(frame), list(frame.columns)), (len(answer), list(answer[0])))
            frame = polars.DataFrame(answer, infer_schema_length=None)
            self.assertEqual(frame.to_dicts(), list(answer))

    def test_frames_have_all_rows_and_the_types_of_the_row(self):
        import polars

        self.assertGreater(len(self.answers[0]), 100)
        for answer in self.answers:
            self.assertEqual(answer.to_polars().to_dicts(), list(answer))
            self.assertEqual(list(answer.to_pandas().columns), list(answer[0]))
            self.assertEqual(len(answer.to_pandas()), len(answer))
        said = self.answers[1].to_polars()
        self.assertEqual((said.schema["speaker"], said.schema["matches"]), (polars.String, polars.List(polars.List(polars.Int64))))
        counted = said.filter(polars.col("known_as").is_not_null()).group_by("known_as").len().sort("len", descending=True)
        self.assertEqual(counted["len"][0], max(self.answers[1].to_pandas().groupby("known_as").size()))

    def test_no_rows_are_a_frame_with_columns(self):
        nothing = newshound.attribute("Nobody is quoted here.")
        self.assertEqual(list(nothing.to_pandas().columns), nothing.to_polars().columns)
        self.assertIn("speaker", nothing.to_polars().columns)


if __name__ == "__main__":
    unittest.main()

"""What the wheel must do, asked of an index over the sample articles: python -m unittest, in an environment that has nothing but the wheel."""

import os
import subprocess
import tempfile
import threading
import unittest

import newshound

CORPUS = os.environ["NEWSHOUND_CORPUS"]


class Wheel(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.dir = tempfile.TemporaryDirectory()
        cls.path = os.path.join(cls.dir.name, "index")
        made = subprocess.run(["newshound", "index", CORPUS, "--index", cls.path], capture_output=True, text=True)
        assert made.returncode == 0, made.stderr
        cls.index = newshound.Index(cls.path)

    @classmethod
    def tearDownClass(cls):
        cls.dir.cleanup()

    def test_passages_are_rows(self):
        found = self.index.search('"long-term peace"')
        self.assertEqual((len(found), found.summary["passages"], found.summary["mentions"]), (7, 7, 7))
        for row in found:
            self.assertFalse(any(isinstance(value, dict) for value in row.values()), row)
            (start, end), = row["matches"][:1]
            self.assertEqual(row["text"][start:end].lower().replace("‑", "-").replace(" ", "-"), "long-term-peace")
            self.assertTrue(row["path"] and row["line"])
        self.assertIn("Matteus Orlan", found[0]["speakers"])

    def test_limits_and_orders(self):
        self.assertEqual(len(self.index.search("peace", limit=2)), 2)
        every = self.index.search("peace", limit=None, sort="date")
        self.assertEqual(len(every), every.summary["passages"])
        days = [row["published"][:10] for row in every if row["published"]]
        self.assertEqual(days, sorted(days))

    def test_quotations_and_speakers(self):
        said = self.index.quotes(by="orlan", kind="direct", limit=None)
        self.assertTrue(said and all(row["kind"] == "direct" for row in said))
        self.assertTrue(all("Orlan" in row["speaker"] for row in said))
        counted = self.index.speakers(by="orlan", kind="direct")
        self.assertEqual(sum(row["quotations"] for row in counted), len(said))

    def test_a_text_needs_no_index(self):
        text = "„Keine Kohle“, sagte Lena Brandt. 🚢 \"We have no coal,\" said Lena Brandt."
        for quote in newshound.attribute(text):
            self.assertEqual(text[quote["start"] : quote["end"]], quote["text"])
        self.assertEqual(newshound.attribute('"We have no coal," said Lena Brandt.')[0]["speaker"], "Lena Brandt")

    def test_what_is_wrong_is_said(self):
        with self.assertRaisesRegex(OSError, "no index in"):
            newshound.Index(os.path.join(self.dir.name, "nothing"))
        with self.assertRaisesRegex(ValueError, "sort='upwards'|sort=\"upwards\""):
            self.index.search("peace", sort="upwards")
        with self.assertRaisesRegex(ValueError, "direct, partial"):
            self.index.quotes(kind="loud")
        with self.assertRaisesRegex(ValueError, "2025-03-14"):
            self.index.search("date:last-week", today="yesterday")

    def test_several_threads_ask_at_once(self):
        answers = []
        ask = lambda: answers.append([row["id"] for row in self.index.search("peace bridges", limit=50)])
        threads = [threading.Thread(target=ask) for _ in range(8)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        self.assertEqual(len(answers), 8)
        self.assertTrue(all(answer == answers[0] for answer in answers))

    def test_the_command_is_there(self):
        asked = subprocess.run(["newshound", "search", "nothing-is-called-so", "--index", self.path], capture_output=True, text=True)
        self.assertEqual(asked.returncode, 1)
        refused = subprocess.run(["newshound", "search", "--jsn"], capture_output=True, text=True)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("did you mean --json?", refused.stderr)


if __name__ == "__main__":
    unittest.main()

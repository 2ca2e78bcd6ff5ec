"""What the wheel must do, asked of an index over the sample articles: python -m unittest, in an environment that has nothing but the wheel."""

import datetime
import json
import os
import signal
import subprocess
import tempfile
import threading
import time
import unittest
import warnings

import newshound

CORPUS = os.environ["NEWSHOUND_CORPUS"]


def command(*arguments, status=0, **more):
    """What the command prints, the status checked."""
    ran = subprocess.run(["newshound", *arguments], capture_output=True, text=True, encoding="utf-8", **more)
    assert ran.returncode == status, (arguments, ran.returncode, ran.stderr)
    return ran


def told(*arguments, **more):
    """The rows and the summary that the command prints as JSON."""
    lines = [json.loads(line) for line in command(*arguments, "--json", **more).stdout.splitlines()]
    return lines[:-1], lines[-1]


class Wheel(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.dir = tempfile.TemporaryDirectory()
        cls.path = os.path.join(cls.dir.name, "index")
        command("index", CORPUS, "--index", cls.path)
        os.environ["NEWSHOUND_INDEX"] = cls.path
        cls.index = newshound.Index()

    @classmethod
    def tearDownClass(cls):
        del os.environ["NEWSHOUND_INDEX"]
        cls.dir.cleanup()

    def same(self, found, printed, changed=(), row_type=None):
        """Rows and summary are those of the command, all but the fields that are told flat."""
        rows, summary = printed
        self.assertTrue(rows)
        self.assertEqual(len(found), len(rows))
        for row, line in zip(found, rows):
            for name in line.keys() - {"type", *changed}:
                self.assertEqual(row[name], line[name], name)
            self.assertFalse(any(isinstance(value, dict) for value in row.values()), row)
            self.assertFalse(any(isinstance(part, dict) for value in row.values() if isinstance(value, list) for part in value))
            if row_type is not None:
                self.assertEqual(list(row), list(row_type.__annotations__))
        for name in summary.keys() - {"took_ms"}:
            self.assertEqual(found.summary[name], summary[name], name)

    def test_passages_are_rows(self):
        found = self.index.search('"long-term peace"')
        self.assertEqual((len(found), found.summary["passages"], found.summary["mentions"]), (7, 7, 7))
        for row in found:
            (start, end), = row["matches"][:1]
            self.assertRegex(row["text"][start:end], r"(?i)^long[-‑ ]\n?term[-‑ ]peace$")
            self.assertTrue(row["path"] and row["line"])
        self.assertIn("Matteus Orlan", found[0]["speakers"])

    def test_passages_are_those_of_the_command(self):
        found = self.index.search("bridges truce", limit=None, context=1, fold=True)
        printed = told("search", "bridges truce", "--all", "--context", "1", "--duplicates", "group")
        self.same(found, printed, ["source", "speakers", "copies"], newshound.Passage)
        self.assertTrue(any(row["before"] for row in found))
        for row, line in zip(found, printed[0]):
            source = line["source"]
            self.assertEqual([row[name] for name in ("path", "record", "format", "line")], [source[name] for name in ("path", "record", "format", "line")])
            self.assertEqual(row["source_matches"], source["matches"])
            self.assertEqual(row["speakers"], [speaker["name"] for speaker in line["speakers"]])
            self.assertEqual(row["doubtful_speakers"], [speaker["name"] for speaker in line["speakers"] if speaker["doubtful"]])
        self.same(self.index.search("N.C.A.", exact=True), told("search", "N.C.A.", "--exact"), ["source", "speakers"])

    def test_quotations_and_speakers_are_those_of_the_command(self):
        quotes = self.index.quotes(by="orlan", kind=["direct", "partial"], limit=None)
        self.same(quotes, told("quotes", "--by", "orlan", "--kind", "direct,partial", "--all"), ["source"], newshound.Quotation)
        self.same(self.index.quotes("peace", about="truce", sort="-date"), told("quotes", "peace", "--about", "truce", "--sort", "-date"), ["source"])
        speakers = self.index.speakers(limit=None, sort="last")
        printed = told("speakers", "--all", "--sort", "last")
        self.same(speakers, printed, ["terms"], newshound.Speaker)
        self.assertEqual([row["terms"] for row in speakers], [[term["word"] for term in line["terms"]] for line in printed[0]])

    def test_claims_are_checked_as_by_the_command(self):
        sentence = 'Orlan said: "I was elected to bring lasting peace to this valley."'
        found, printed = self.index.verify(sentence), told("verify", sentence, status=1)
        self.same(found, printed, ["places"], newshound.Verified)
        first = printed[0][0]["places"][0]
        self.assertEqual(found[0]["printed"], first["text"])
        for name in first.keys() - {"text"}:
            self.assertEqual(found[0][name], first[name])
        self.assertEqual((found[0]["verdict"], found[0]["speaker_check"], found[0]["speaker"]), ("altered", "same", "Matteus Orlan"))

    def test_a_table_of_claims(self):
        nan = float("nan")
        words = "I was elected to bring long-term peace to this valley"
        claims = [
            {"words": words, "speaker": "Orlan", "date": datetime.date(2025, 3, 14)},
            {"words": "Nobody ever printed these invented words of mine", "speaker": nan, "date": None},
            f'"{words}," said Falborg.',
        ]
        found = self.index.verify(claims)
        self.assertEqual([row["claim"] for row in found], [0, 1, 2])
        self.assertEqual([row["verdict"] for row in found], ["verbatim", "not_in_archive", "said_by_another"])
        self.assertEqual((found[1]["path"], found[1]["places"], found[1]["claimed_speaker"]), (None, [], None))
        self.assertEqual(found.summary["verdicts"], {"verbatim": 1, "not_in_archive": 1, "said_by_another": 1})
        with self.assertRaisesRegex(ValueError, "no words to check in number 1"):
            self.index.verify([claims[0], {"words": nan}])
        with self.assertRaisesRegex(ValueError, "2025-03-14, 2025-03 or 2025"):
            self.index.verify([{"words": words, "date": "spring"}])

    def test_trails_and_timelines_are_those_of_the_command(self):
        words = "I was elected to bring long-term peace to this valley"
        self.same(self.index.trail(words), told("trail", words), ["copies"], newshound.Step)
        quotation = self.index.quotes(by="orlan")[0]["id"]
        self.same(self.index.trail(quotation), told("trail", quotation), ["copies"])
        (printed,) = [json.loads(line) for line in command("timeline", "peace", "truce", "--json", "--from", "2024").stdout.splitlines()]
        with self.assertWarnsRegex(newshound.Note, "peace: .* without a known month"):
            found = self.index.timeline(["peace", "truce"], since="2024")
        count = len(printed["stretches"])
        self.assertEqual(len(found), 2 * count)
        for number, row in enumerate(found):
            self.assertEqual(row.keys(), newshound.Stretch.__annotations__.keys())
            stretch, curve = printed["stretches"][number % count], printed["curves"][number // count]
            self.assertEqual((row["query"], row["from"], row["all_articles"]), (curve["query"], stretch["from"], stretch["articles"]))
            counts = curve["counts"][number % count]
            for name in ("mentions", "passages", "articles", "share", "per_million"):
                self.assertEqual(row[name], counts and counts["each"][name])

    def test_limits_and_orders(self):
        self.assertEqual(len(self.index.search("peace", limit=2)), 2)
        every = self.index.search("peace", limit=None, sort="date")
        self.assertEqual(len(every), every.summary["passages"])
        days = [row["published"][:10] for row in every if row["published"]]
        self.assertEqual(days, sorted(days))

    def test_a_text_needs_no_index(self):
        text = "„Keine Kohle“, sagte Lena Brandt. 🚢 \"We have no coal,\" said Lena Brandt."
        for quote in newshound.attribute(text):
            self.assertEqual(text[quote["start"] : quote["end"]], quote["text"])
            self.assertEqual(quote.keys(), newshound.Attributed.__annotations__.keys())
        lines = command("attribute", "--json", input=json.dumps({"id": "a", "text": text})).stdout.splitlines()
        printed = json.loads(lines[0])["quotes"]
        self.assertEqual([{name: quote[name] for name in line} for quote, line in zip(newshound.attribute(text), printed)], printed)
        self.assertEqual(newshound.attribute('"We have no coal," said Lena Brandt.')[0]["speaker"], "Lena Brandt")

    def test_a_text_is_read_as_a_file_would_be(self):
        with open(os.path.join(CORPUS, "2025/03/14/truce-talks.txt"), encoding="utf-8") as file:
            text = file.read()
        printed = json.loads(command("attribute", "--json", input=text).stdout.splitlines()[0])
        found = newshound.attribute(text, plain=False)
        self.assertEqual({quote["article"] for quote in found}, {printed["id"]})
        self.assertEqual([quote["text"] for quote in found], [quote["text"] for quote in printed["quotes"]])

    def test_what_is_wrong_is_said_as_by_the_command(self):
        nothing = os.path.join(self.dir.name, "nothing")
        for ask, arguments, kind in [
            (lambda: newshound.Index(nothing), ["search", "peace", "--index", nothing], FileNotFoundError),
            (lambda: self.index.search(" "), ["search", " "], ValueError),
            (lambda: self.index.quotes(""), ["quotes", ""], ValueError),
            (lambda: self.index.search("a " * 10_000), ["search", "a " * 10_000], ValueError),
            (lambda: self.index.trail("!"), ["trail", "!"], ValueError),
            (lambda: self.index.timeline("peace", every="day", since="1200"), ["timeline", "peace", "--every", "day", "--from", "1200"], ValueError),
        ]:
            with self.assertRaises(kind) as raised:
                ask()
            self.assertIn(str(raised.exception), command(*arguments, status=2).stderr)
        with self.assertRaisesRegex(ValueError, 'sort="upwards": one of relevance'):
            self.index.search("peace", sort="upwards")
        with self.assertRaisesRegex(ValueError, "limit=-1"):
            self.index.search("peace", limit=-1)
        with self.assertRaisesRegex(ValueError, 'kind="loud": one of direct, partial'):
            self.index.quotes(kind="loud")
        with self.assertRaisesRegex(ValueError, "2025-03-14"):
            self.index.search("date:last-week", today="yesterday")

    def test_what_was_not_taken_as_typed_and_what_is_only_a_part_is_noted(self):
        with self.assertWarnsRegex(newshound.Note, "at column") as noted:
            found = self.index.search('peace speeker:orlan')
        self.assertEqual(noted.filename, __file__)
        self.assertTrue(found.summary["complaints"])
        with self.assertWarnsRegex(newshound.Note, "did you mean .*Orlan"):
            self.assertEqual(self.index.quotes(by="orlann"), [])
        with self.assertWarnsRegex(newshound.Note, "only a part: time ran out; limit=None waits"):
            newshound._rows('{"rows": [], "summary": {"partial": "time ran out"}}', newshound.Passage)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            self.index.search("peace")

    def test_several_threads_ask_at_once(self):
        answers = []
        ask = lambda: answers.append([row["id"] for row in self.index.search("peace bridges", limit=50)])
        threads = [threading.Thread(target=ask) for _ in range(8)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        self.assertEqual(len(answers), 8)
        self.assertTrue(all(answer == answers[0] for answer in answers))

    def test_an_index_that_grows_is_seen_when_asked(self):
        with tempfile.TemporaryDirectory() as dir:
            corpus, path = os.path.join(dir, "corpus"), os.path.join(dir, "index")
            os.mkdir(corpus)
            for number, town in enumerate(["Tarsk", "Stennet"]):
                with open(os.path.join(corpus, f"{town}.txt"), "w", encoding="utf-8") as file:
                    file.write(f"A lighthouse for {town}\n\nThe lighthouse of {town} is lit again.\n")
                command("index", corpus, "--index", path)
                index = index if number else newshound.Index(path)
            self.assertEqual(index.search("lighthouse stennet +body:stennet").summary["passages"], 0)
            self.assertTrue(index.reload())
            self.assertFalse(index.reload())
            self.assertEqual(index.search("lighthouse stennet +body:stennet").summary["passages"], 1)

    def test_copies_are_folded_under_the_first(self):
        with tempfile.TemporaryDirectory() as dir:
            corpus, path = os.path.join(dir, "corpus"), os.path.join(dir, "index")
            os.mkdir(corpus)
            for paper in ["courier", "ledger"]:
                with open(os.path.join(corpus, f"{paper}.txt"), "w", encoding="utf-8") as file:
                    file.write("Lighthouse lit\n\n" + "".join(f"The keeper climbed {n} steps and told {n + 7} gulls about stair {n * 3}.\n\n" for n in range(40)))
            command("index", corpus, "--index", path)
            index = newshound.Index(path)
            self.assertEqual([row["copies"] for row in index.search('"climbed 7 steps"')], [[], []])
            self.assertEqual([row["copies"] for row in index.search('"climbed 7 steps"', fold=True)], [["ledger.txt"]])

    def test_a_long_search_lets_others_work_and_ends_with_ctrl_c(self):
        with tempfile.TemporaryDirectory() as dir:
            corpus, path = os.path.join(dir, "corpus.jsonl"), os.path.join(dir, "index")
            word = lambda n: "".join(chr(97 + n // 7**k % 7 * 3 % 26) for k in range(4))
            with open(corpus, "w", encoding="utf-8") as file:
                for article in range(150):
                    paragraphs = [" ".join(word(article * 997 + part * 61 + n * n) for n in range(60)) + "." for part in range(20)]
                    print(json.dumps({"headline": f"Number {article}", "text": "\n\n".join(paragraphs)}), file=file)
            command("index", corpus, "--index", path)
            index, slow = newshound.Index(path), "/.*a.*/ NEAR/50 /.*d.*/"
            began = time.monotonic()
            self.assertGreater(len(index.search(slow, limit=None)), 1000)
            whole = time.monotonic() - began
            turns, over = [], threading.Event()

            def interrupt():
                while not over.wait(whole / 100):
                    turns.append(time.monotonic())
                    if len(turns) == 20:
                        signal.raise_signal(signal.SIGINT) if os.name == "nt" else os.kill(os.getpid(), signal.SIGINT)

            other = threading.Thread(target=interrupt)
            began = time.monotonic()
            other.start()
            with self.assertRaises(KeyboardInterrupt):
                index.search(slow, limit=None)
            took = time.monotonic() - began
            over.set()
            other.join()
            self.assertGreater(len(turns), 15, "Python stood still")
            self.assertLess(took, 0.8 * whole, f"the whole search takes {whole:.1f} s")

    def test_the_command_is_there(self):
        command("search", "nothing-is-called-so", status=1)
        self.assertIn("did you mean --json?", command("search", "--jsn", status=2).stderr)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""Reads the invented articles in `labels/invented` (Python 3.11, standard library), whose answers stand in their text.

usage:  invented.py                 gives labelled articles, one JSON object a line, in the form that texts.py gives
        invented.py --references    the same articles with `references` (whom their mentions stand for) in place of `quotes`
        invented.py --check         names what is marked wrongly, by file and line, and fails

README.md says how they are marked.
"""
import json
import re
import sys
from pathlib import Path

from texts import complete

GENRES = "politics business sport culture courts science local disasters interview feature opinion celebrity technology other".split()
KINDS = {"d": "direct", "p": "partial", "n": "not_speech"}
TYPES = {"P": "person", "O": "organisation", "U": "unnamed"}
MARK = re.compile(r"\{(?:(q) ([dpn]) (\d+)|(m) (\d+)|(dash) (\d+))\||\}")
# A mention belongs to a quotation of its paragraph, or of the next one where a colon leads to it, within so many characters.
NEAR = 250


class Article:
    def __init__(self, head, fault):
        parts = [part.strip() for part in head.split("|", 2)]
        if len(parts) != 3 or parts[1] not in GENRES:
            fault("### ID | GENRE | headline, with a genre of the list")
            parts = (parts + ["other", ""])[:3]
        self.id, self.genre = parts[:2]
        self.text, self.paragraph = "", -1
        self.speakers, self.stretches, self.mentions = {}, [], []
        self.add(parts[2], fault)

    def add(self, line, fault):
        """A paragraph, its marks taken out."""
        self.paragraph += 1
        self.text += "\n\n" if self.paragraph else ""
        opened, at = [], 0
        for mark in MARK.finditer(line):
            self.text += line[at : mark.start()]
            at = mark.end()
            if mark[0] != "}":
                opened.append((mark, len(self.text)))
            elif not opened:
                fault("a closing brace without an opening one")
            else:
                begun, start = opened.pop()
                self.close(begun, start, [other[0] for other, _ in opened], fault)
        self.text += line[at:]
        if opened or re.search(r"[{}]", MARK.sub("", line)):
            fault("a brace that is not closed, or of no mark")

    def close(self, mark, start, around, fault):
        number = int(mark[3] or mark[5] or mark[7])
        place = dict(start=start, end=len(self.text), number=number, paragraph=self.paragraph)
        if mark[4]:
            self.mentions.append(place)
            if number == 0 or any(other.startswith("{q") for other in around):
                fault("a mention within a quotation, or of nobody")
        else:
            kind = KINDS[mark[2]] if mark[1] else "direct"
            self.stretches.append(dict(place, kind=kind, dash=bool(mark[6])))
            if kind == "not_speech" and number:
                fault("no speech, and a speaker")

    def beside(self, stretch):
        """The mention nearest to a quotation, where one belongs to it."""
        start, end = stretch["start"], stretch["end"]

        def distance(mention):
            if stretch["dash"] and start <= mention["start"] < end:
                return 0
            leads = mention["paragraph"] + 1 == stretch["paragraph"] and self.text[:start].rstrip(" \n\"'“„«»‘‚").endswith(":")
            if mention["number"] != stretch["number"] or not leads and mention["paragraph"] != stretch["paragraph"]:
                return NEAR
            return min(abs(mention["start"] - end), abs(start - mention["end"]))

        nearest = min(self.mentions, key=distance, default=None)
        return nearest if nearest and distance(nearest) < NEAR else None

    def labels(self, language, references):
        base = dict(id=f"invented/{self.id}", lang=language, source="invented", genre=self.genre, headline=True, text=self.text)
        if references:
            return dict(base, references=[self.reference(mention) for mention in self.mentions])
        return dict(base, quotes=[self.quote(stretch) for stretch in self.stretches])

    def quote(self, stretch):
        kind, name = self.speakers.get(stretch["number"], (None, None))
        quote = dict(start=stretch["start"], end=stretch["end"], kind=stretch["kind"], speaker=name)
        if stretch["kind"] != "not_speech":
            quote["speaker_type"] = TYPES.get(kind, "none")
        mention = self.beside(stretch) if name else None
        if mention:
            quote |= dict(mention_start=mention["start"], mention_end=mention["end"])
        complete(quote, self.text)
        return quote | (dict(dash=True) if stretch["dash"] else {})

    def reference(self, mention):
        kind, name = self.speakers[mention["number"]]
        place = dict(start=mention["start"], end=mention["end"])
        return place | (dict(speaker=None, described=name) if kind == "U" else dict(speaker=name))


def read(path, faults):
    articles = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        def fault(what):
            faults.append(f"{path}:{number}: {what}")

        line = line.strip()
        speaker = re.fullmatch(r"@(\d+) ([POU]) \| (.+)", line)
        if line.startswith("### "):
            articles.append(Article(line[4:], fault))
        elif speaker and articles:
            articles[-1].speakers[int(speaker[1])] = (speaker[2], speaker[3].strip())
        elif line and articles:
            articles[-1].add(line, fault)
        elif line:
            fault("words before the first article")
    for article in articles:
        used = {place["number"] for place in article.stretches + article.mentions} - {0}
        faults += [f"{path}: {article.id}: no line @{number}" for number in used - set(article.speakers)]
    return articles


def main(options):
    faults, labels = [], []
    for path in sorted((Path(__file__).parent / "invented").glob("*.txt")):
        articles = read(path, faults)
        if not faults:
            labels += [article.labels(path.stem.split("-")[0], "--references" in options) for article in articles]
    if faults:
        sys.exit("\n".join(faults))
    if "--check" not in options:
        for article in labels:
            print(json.dumps(article, ensure_ascii=False))


main(sys.argv[1:])

#!/usr/bin/env python3
"""Joins the labels in this folder with the texts they were read in, which stay where they are (Python 3.11, standard library).

usage:  texts.py DATA LABELS > labelled.jsonl      DATA is ../shared/data, LABELS a file of this folder

Gives one JSON object an article, in the form of wire-dev.jsonl: id, lang, source, genre, headline, text and quotes with their words.
An article whose text is not there, or is another than the one that was read (by its SHA-256), is left out and named.
"""
import csv
import hashlib
import html
import json
import re
import sys
from pathlib import Path


def unlabelled(data):
    for line in open(data / "quotes/unlabelled.jsonl", encoding="utf-8"):
        record = json.loads(line)
        text, headline = record["text"], record["headline"]
        if headline and not text.startswith(headline):
            text = headline + "\n\n" + text
        yield "unlabelled/" + record["id"], text


def pages(data):
    for line in open(data / "eval/gold/html_articles.jsonl", encoding="utf-8"):
        record = json.loads(line)
        titled = record.get("title") and record["file"].startswith("fundus")
        yield record["file"], "\n\n".join(([record["title"]] if titled else []) + (record.get("paragraphs") or []))


def tables(data):
    for path in sorted((data / "corpora/reuters_csv").glob("*.csv")):
        for number, row in enumerate(csv.DictReader(open(path, encoding="utf-8"))):
            yield f"reuters_csv/{path.name}#{number}", row["title"] + "\n\n" + row["text"]


def agency(data):
    """Reuters of 1987: title and body, a paragraph a line."""
    for path in sorted((data / "corpora/reuters21578").glob("*.sgm")):
        records = re.findall(r'<REUTERS[^>]*NEWID="(\d+)"[^>]*>(.*?)</REUTERS>', path.read_bytes().decode("latin-1"), re.S)
        for number, record in records:
            title, body = (re.search(f"<{tag}>(.*?)</{tag}>", record, re.S) for tag in ("TITLE", "BODY"))
            if title and body:
                paragraphs = re.split(r"\n {4,}|^ {4,}", html.unescape(body[1]).replace("\x03", ""))
                lines = (re.sub(r"\s*Reuter$", "", " ".join(paragraph.split())) for paragraph in paragraphs)
                headline = " ".join(html.unescape(title[1]).split())
                yield f"reuters21578/{path.name}#{number}", headline + "\n\n" + "\n".join(filter(None, lines))


def radio(data):
    """Stories of ABC Rural, which empty lines part in one file."""
    text = (data / "corpora/abc/rural.txt").read_text(encoding="utf-8", errors="replace")
    for number, story in enumerate(re.split(r"\n\s*\n", text)):
        yield f"abc/rural.txt#{number}", story.strip("\n")


def file(data, name):
    path = data / "corpora" / name
    return path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n") if path.is_file() else None


def main(data, labels):
    data, known = Path(data), {}
    for texts in (unlabelled, pages, tables, agency, radio):
        try:
            known.update(texts(data))
        except FileNotFoundError as error:
            print(f"skipped: no {error.filename}", file=sys.stderr)
    for line in open(labels, encoding="utf-8"):
        article = json.loads(line)
        text = known.get(article["id"]) or file(data, article["id"])
        if text is None or hashlib.sha256(text.encode()).hexdigest()[:16] != article["sha256"]:
            print(f"left out: {article['id']}: " + ("no such text" if text is None else "another text"), file=sys.stderr)
            continue
        for quote in article.get("quotes", []):
            complete(quote, text)
        article["text"] = text
        print(json.dumps(article, ensure_ascii=False))


def complete(quote, text):
    """Adds to a label what the scorers ask for: the words of quotation and mention, and what kind of mention it is."""
    quote["text"] = text[quote["start"] : quote["end"]]
    quote.setdefault("speaker", None)
    # Speech whose speaker the article does not tell is not scored (as in fresh-dev.jsonl).
    if quote.get("speaker_type") == "none":
        quote["nested"] = True
    start = quote.setdefault("mention_start", None)
    quote["mention"] = None if start is None else text[start : quote["mention_end"]]
    quote["mention_type"] = kind_of_mention(quote["mention"])


PRONOUNS = set(
    "he she they it who i we er sie wer il elle ils elles él ella ellos ellas quien lui lei ele ela eles elas он она они o han hon hun".split()
)
ARTICLES = set(
    "the a an one two three another some many several his her their der die das ein eine le la les un une el los las una il lo o a os as um uma".split()
)


def kind_of_mention(mention):
    if not mention:
        return "none"
    first = mention.split()[0].casefold()
    if mention.casefold() in PRONOUNS:
        return "pronoun"
    return "description" if first in ARTICLES or mention[0].islower() else "named"


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])

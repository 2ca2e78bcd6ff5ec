#!/usr/bin/env python3
"""How far two readers agree who labelled the same articles blind (Python 3.11, standard library).

usage:  agreement.py DATA      DATA is ../shared/data; compares articles.jsonl with second.jsonl, further.jsonl with
                               further-second.jsonl, and references.jsonl with references-second.jsonl

speech     spans that both have and both call speech or both call none, of the spans that both have (Cohen's kappa beside it)
speaker    of the spans that both call speech: the same speaker by the rule of score_wire.py, the first reader's as gold
references of the mentions that both say stand for somebody: the same name (or one holds the other), or both that nobody is named; and how
           many one of them has left out as no mention of anybody
"""
import json
import subprocess
import sys
from pathlib import Path

here = Path(__file__).parent


def read(data, name):
    run = subprocess.run([sys.executable, here / "texts.py", data, here / name], capture_output=True, text=True, check=True)
    return {article["id"]: article for article in map(json.loads, run.stdout.splitlines())}


def main(data):
    sys.path.insert(0, str(Path(data) / "quotes"))
    import score_wire as wire

    stretches(wire, read(data, "articles.jsonl"), read(data, "second.jsonl"))
    print("further articles")
    stretches(wire, read(data, "further.jsonl"), read(data, "further-second.jsonl"))
    references(read(data, "references.jsonl"), read(data, "references-second.jsonl"))


def stretches(wire, first, second):
    table, rows = [[0, 0], [0, 0]], {}
    for id in first.keys() & second.keys():
        other = {(quote["start"], quote["end"]): quote for quote in second[id]["quotes"]}
        row = rows.setdefault(first[id]["lang"], [0, 0, 0])
        row[2] += 1
        for quote in first[id]["quotes"]:
            twin = other.get((quote["start"], quote["end"]))
            if twin is None:
                continue
            table[quote["kind"] == "not_speech"][twin["kind"] == "not_speech"] += 1
            if "not_speech" in (quote["kind"], twin["kind"]) or "none" in (quote.get("speaker_type"), twin.get("speaker_type")):
                continue
            row[0] += 1
            row[1] += bool(wire.speaker_right(quote, {"speaker": twin["speaker"], "mention": twin["mention"]}))
    n = sum(map(sum, table))
    same = (table[0][0] + table[1][1]) / n
    chance = sum(sum(table[k]) * (table[0][k] + table[1][k]) for k in (0, 1)) / n / n
    print(f"speech or not: {same:.3f} of {n} spans, kappa {(same - chance) / (1 - chance):.3f}")
    spans, right = sum(row[0] for row in rows.values()), sum(row[1] for row in rows.values())
    print(f"speaker: {right / spans:.3f} of {spans} spans in {sum(row[2] for row in rows.values())} articles")
    for lang, (spans, right, articles) in sorted(rows.items()):
        if spans >= 20:
            print(f"  {lang}: {right / spans:.3f} of {spans} in {articles} articles")


def references(first, second):
    both, same, alone = 0, 0, 0
    for id in second:
        one, other = ({(r["start"], r["end"]): r for r in article.get(id, {"references": []})["references"]} for article in (first, second))
        alone += len(one.keys() ^ other.keys())
        for span in one.keys() & other.keys():
            a, b = ((reader[span]["speaker"] or "").casefold() for reader in (one, other))
            both, same = both + 1, same + (a == b or bool(a and b) and (a in b or b in a))
    print(f"references: {same / max(1, both):.3f} of {both} in {len(second)} articles, {alone} that one of them left out")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])

#!/usr/bin/env python3
"""Scores predictions on labelled articles by language, genre, source and kind of mention, with the wrong names and the reliability.

usage:  score.py QUOTES GOLD PRED      QUOTES is ../shared/data/quotes (its score_wire.py defines found, right and end to end)

wrong names     claims that name somebody who is not the speaker, of all claims that name somebody (spans of three words or more; a claim
                on what is no speech names a wrong speaker too). A name is wrong where score_wire.py says that it is not right. The
                first row counts every claim with a speaker, the second leaves out those whose speaker is a description as printed
                ("the minister"), which names nobody.
without doubt   claims of .88 or more, which are shown without a doubt, whatever their length: how many are wrong
reliability     named claims by their confidence: how many, and how many are right. Of those given .9 nine in ten should be.
"""
import sys
from collections import defaultdict

from texts import kind_of_mention


# `DOUBTFUL` in src/quotation.rs
SURE = 0.88


def main(quotes, gold, pred):
    sys.path.insert(0, quotes)
    import score_wire as wire

    gold, pred = wire.load(gold), wire.load(pred)
    total = wire.score(gold, pred)
    line("all", total)
    for mention in ("named", "pronoun", "description", "none"):
        row = total.get("mention " + mention)
        if row:
            print(f"  mention {mention:29} n {row['gold']:5}  speaker right {row['spkAcc']:.3f}  end to end R {row['e2eR']:.3f}")
    no = total["not_speech"]
    print(f"  claimed though no speech: {no['claimed']} of {no['n']}, {no['claimed3']} of {no['n3']} of three words or more")
    for key, least in (("lang", 30), ("genre", 1), ("source", 1)):
        for value in sorted({a.get(key) or "?" for a in gold}):
            some = [a for a in gold if (a.get(key) or "?") == value]
            if key == "lang" or len(some) >= least and len({a.get(key) for a in gold}) > 1:
                line(f"{key} {value} ({len(some)})", wire.score(some, pred))
    names(wire, gold, pred)


def line(name, scores):
    row = scores.get("all")
    if row and row["gold"] >= 20:
        print(f"  {name:37} n {row['gold']:5}  found F {row['F']:.3f}  speaker right {row['spkAcc']:.3f}  end to end F {row['e2eF']:.3f}")


def names(wire, gold, pred):
    claims, wrong, named, misnamed, sure, missure, bins = 0, 0, 0, 0, 0, 0, defaultdict(lambda: [0, 0])
    by_id = {p["id"]: p.get("quotes") or [] for p in pred}
    for article in gold:
        text = wire.Text(article["text"])
        mine = [(p, text.toks(p["start"], p["end"])) for p in by_id.get(article["id"], []) if p.get("kind") != "indirect"]
        for quote in article["quotes"]:
            words = text.toks(quote["start"], quote["end"])
            if quote.get("nested"):
                continue
            covering = [(len(words & t) / len(words | t), k) for k, (p, t) in enumerate(mine) if 2 * len(words & t) >= len(words)]
            if not covering:
                continue
            claim = mine[max(covering)[1]][0]
            if not claim.get("speaker"):
                continue
            right = quote["kind"] != "not_speech" and wire.speaker_right(quote, claim)
            if claim.get("confidence", 0) >= SURE:
                sure, missure = sure + 1, missure + (not right)
            if len(words) < wire.MIN_WORDS:
                continue
            claims, wrong = claims + 1, wrong + (not right)
            if claim["speaker"] != claim.get("mention") or kind_of_mention(claim["speaker"]) == "named":
                named, misnamed = named + 1, misnamed + (not right)
            tally = bins[min(9, int(10 * claim.get("confidence", 0)))]
            tally[0], tally[1] = tally[0] + 1, tally[1] + right
    print(f"  wrong speakers: {wrong} of {claims}, {wrong / max(1, claims):.3f}")
    print(f"  wrong names: {misnamed} of {named}, {misnamed / max(1, named):.3f}")
    print(f"  wrong without a doubt: {missure} of {sure}, {missure / max(1, sure):.3f}")
    for low in sorted(bins):
        n, right = bins[low]
        print(f"    confidence .{low}0 to {'1.00' if low == 9 else f'.{low + 1}0'}: {right} of {n} right, {right / n:.3f}")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])

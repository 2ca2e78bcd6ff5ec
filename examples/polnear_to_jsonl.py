#!/usr/bin/env python3
"""Turns PolNeAR v1.0.0 as published into the JSON Lines that train_attribution reads.

    python3 examples/polnear_to_jsonl.py PolNeAR/data > polnear-dev.jsonl

PolNeAR/data holds metadata.tsv and, for each compartment, text/NAME.txt and attributions/NAME_ANNOTATOR.ann in the standoff format of
brat. The compartments train and dev are read; test stays unseen. docs/attribution.md says which fields come out and what they lack.
"""
import csv
import json
import re
import sys
from pathlib import Path

ROLES = {"Content": "content_spans", "Source": "source_spans", "Cue": "cue_spans"}


def attributions(standoff):
    """The attributions of an .ann file: each role with its spans, in the order of the text.

    `T1<tab>Source 89 106<tab>The Post` marks characters (pieces are parted by `;`), `E1<tab>Attribution:T4 Content:T3 Cue:T2 Source:T1`
    ties marks together. A second mark of one role has a number behind it (`Content2`); marks of other roles (`Attribution`, `Discard`)
    say nothing about who spoke.
    """
    marks, found = {}, []
    lines = [line.split("\t") for line in standoff.splitlines()]
    for name, value in ((line[0], line[1]) for line in lines if line[0].startswith("T")):
        marks[name] = [[int(place) for place in piece.split()] for piece in value.partition(" ")[2].split(";")]
    for value in (line[1] for line in lines if line[0].startswith("E")):
        attribution = {spans: [] for spans in ROLES.values()}
        for role, mark in (part.split(":") for part in value.split()):
            spans = ROLES.get(re.sub(r"\d+$", "", role))
            if spans:
                attribution[spans] += marks[mark]
        found.append({spans: sorted(pieces) for spans, pieces in attribution.items()})
    return found


def labels(annotation):
    """Each labelled character with its role."""
    marks = [(role, piece) for attribution in annotation for role, pieces in attribution.items() for piece in pieces]
    return {(at, role) for role, (start, end) in marks for at in range(start, end)}


def agreed(annotations):
    """Of several annotations of one article the one that shares most labels with the others."""
    sets = [labels(annotation) for annotation in annotations]

    def agreement(k):
        return sum(len(sets[k] & other) / max(1, len(sets[k] | other)) for other in sets)

    return annotations[max(range(len(sets)), key=agreement)]


def main(data):
    with open(data / "metadata.tsv", encoding="utf-8", newline="") as table:
        rows = [row for row in csv.DictReader(table, delimiter="\t") if row["compartment"] in ("train", "dev")]
    for row in sorted(rows, key=lambda row: (row["compartment"] == "dev", row["filename"])):
        folder, name = data / row["compartment"], row["filename"]
        text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        files = [folder / "attributions" / f"{name}_{annotator}.ann" for annotator in row["annotators"].split("|")]
        annotation = agreed([attributions(file.read_text(encoding="utf-8")) for file in files])
        record = {"id": name, "publisher": row["publisher"], "date": row["publication_date"], "headline": row["title"]}
        record |= {"text": text, "attributions": annotation, "compartment": row["compartment"]}
        print(json.dumps(record, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

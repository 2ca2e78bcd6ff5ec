#!/usr/bin/env python3
"""Reads the same saved pages with newshound and with trafilatura, in turns, and prints pages a second of CPU time and the scores of both.

  python3 -m venv /tmp/beside && /tmp/beside/bin/pip install trafilatura lxml_html_clean
  cargo build --release --example score_pages
  /tmp/beside/bin/python examples/beside_trafilatura.py [DATA] [RUNS]

DATA [../shared/data] holds `corpora/*_html/` and the scorer `eval/score_html.py`; each of RUNS [3] runs reads all pages with the one and
then with the other, and the best run of each counts. newshound's time is that of the whole process, start and writing included;
trafilatura's is that of its extraction alone, without start and file access.
"""
import gzip, json, pathlib, resource, subprocess, sys, time

import trafilatura

data = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
corpora = data / "corpora"
pages = sorted(path for path in corpora.glob("*_html/**/*") if path.is_file() and ".html" in path.name)


def opened(path):
    raw = path.read_bytes()
    return gzip.decompress(raw) if path.suffix == ".gz" else raw


def theirs():
    lines, spent = [], 0.0
    for path in pages:
        raw = opened(path)
        start = time.process_time()
        found = trafilatura.bare_extraction(raw, with_metadata=True, include_comments=False)
        spent += time.process_time() - start
        found = found.as_dict() if found else {}
        authors = [name.strip() for name in (found.get("author") or "").split(";") if name.strip()]
        lines.append({"file": str(path.relative_to(corpora)), "headline": found.get("title"), "authors": authors,
                      "published": found.get("date"), "paragraphs": [line for line in (found.get("text") or "").split("\n") if line.strip()]})
    with open("target/theirs.jsonl", "w") as out:
        out.writelines(json.dumps(line) + "\n" for line in lines)
    return spent


def ours():
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["target/release/examples/score_pages", "--corpora", corpora, "--out", "target/ours.jsonl"], check=True, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


times = [(ours(), theirs()) for _ in range(runs)]
best = [min(column) for column in zip(*times)]
for name, seconds in zip(("newshound", f"trafilatura {trafilatura.__version__}"), best):
    print(f"{name}: {len(pages)} pages, {len(pages) / seconds:.1f} pages a second of CPU time")
print(f"{best[1] / best[0]:.1f} times as many")
for name in ("ours", "theirs"):
    gold = data / "eval/gold/html_articles.jsonl"
    scored = subprocess.run([sys.executable, data / "eval/score_html.py", "score", "--gold", gold, "--pred", f"target/{name}.jsonl"], check=True, capture_output=True, text=True).stdout.splitlines()
    print(name, *(line for line in scored if line.startswith(("source", "core")) or "F1" in line), sep="\n")

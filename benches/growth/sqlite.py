#!/usr/bin/env python3
"""SQLite FTS5 as the floor is tantivy: a row a paragraph, the text kept.

  sqlite.py index JSONL DIR     sqlite.py version
  sqlite.py ask DIR TSV N       for every line on standard input the first N questions of each class, twice; the second time printed,
                                as the floor prints: class, argument, found, wall us, CPU us; then an empty line
"""
import json, os, sqlite3, sys, time

KEPT = "select id, para, highlight(p, 0, '<b>', '</b>') from p where p match ?"
BEST = KEPT + " order by rank limit 10"
BEST_OF_DAYS = KEPT + " and date >= ? and date < ? order by rank limit 10"
COUNT = "select count(*) from p where p match ?"


def rows(jsonl):
    for line in open(jsonl, encoding="utf-8"):
        article = json.loads(line)
        for number, paragraph in enumerate(article["body"].split("\n\n")):
            headline = article["headline"] if number == 0 else None
            yield paragraph, headline, article["id"], number, article["date"]


def index(jsonl, directory):
    os.makedirs(directory, exist_ok=True)
    base = sqlite3.connect(os.path.join(directory, "news.db"))
    base.executescript("pragma journal_mode = off; pragma synchronous = off")
    base.execute(
        "create virtual table p using fts5"
        "(body, headline, id unindexed, para unindexed, date unindexed, tokenize = 'unicode61 remove_diacritics 0')"
    )
    base.executemany("insert into p values (?, ?, ?, ?, ?)", rows(jsonl))
    base.execute("insert into p(p) values ('optimize')")
    base.commit()
    base.close()


def match(kind, text):
    words = ['"%s"' % word for word in text.split()]
    said = {"and": " AND ".join(words), "or": " OR ".join(words), "prefix": '"%s" *' % text}
    return "body : (%s)" % said.get(kind, '"%s"' % text)


def question(kind, text):
    """A statement and what goes into it; nothing where it cannot be put."""
    if kind == "fuzzy":
        return None
    if kind == "datephrase":
        since, until, text = text.split("|")
        return BEST_OF_DAYS, (match("phrase", text), since, until)
    return {"count": COUNT, "all": KEPT}.get(kind, BEST), (match(kind, text),)


def questions(tsv, most):
    seen = {}
    for line in open(tsv, encoding="utf-8"):
        name, kind, text = line.rstrip("\n").split("\t")
        seen[name] = seen.get(name, 0) + 1
        put = question(kind, text)
        if put and seen[name] <= most:
            yield name, kind, text, put


def asked(base, kind, put):
    wall, cpu = time.perf_counter(), time.process_time()
    found = base.execute(*put).fetchall()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return found[0][0] if kind == "count" else len(found), wall * 1e6, cpu * 1e6


def ask(directory, tsv, most):
    base = sqlite3.connect(os.path.join(directory, "news.db"))
    base.executescript("pragma mmap_size = 68719476736; pragma cache_size = -262144")
    put = list(questions(tsv, int(most)))
    for _ in sys.stdin:
        for warming in True, False:
            for name, kind, text, question in put:
                answer = asked(base, kind, question)
                if not warming:
                    print(name, text, "%d\t%.1f\t%.1f" % answer, sep="\t")
        print(flush=True)


if sys.argv[1] == "version":
    # Fails where the library was built without FTS5.
    sqlite3.connect(":memory:").execute("create virtual table p using fts5(x)")
    print(sys.executable, sqlite3.sqlite_version, sep="\t")
else:
    {"index": index, "ask": ask}[sys.argv[1]](*sys.argv[2:])

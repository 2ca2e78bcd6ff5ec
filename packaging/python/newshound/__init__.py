"""A search engine for news archives: who said it, where, word for word.

    import newshound
    index = newshound.Index("archive.index")
    passages = index.search('"long-term peace"')
    pandas.DataFrame(passages)

Every answer is a list of rows (dicts without dicts in them, so that pandas and polars take them as they are), with what there is altogether
in its `summary`. Offsets count characters, as Python does.
"""

import json
import os
import signal
import sys

from .native import Reader, __version__, attribute as _attribute, command as _command

__all__ = ["Index", "Rows", "attribute", "main", "__version__"]


class Rows(list):
    """The rows of an answer; `summary` is what there is altogether: passages, mentions, articles, complaints about the query ..."""

    def __init__(self, rows, summary):
        super().__init__(rows)
        self.summary = summary


def _rows(answer):
    answer = json.loads(answer)
    return Rows([_flat(row) for row in answer["rows"]], answer["summary"])


def _flat(row):
    source = row.pop("source", None)
    if source is not None:
        row.update(path=source["path"], record=source["record"], format=source["format"], line=source["line"])
        row["places"] = source["matches"]
    if "speakers" in row:
        told = row["speakers"]
        row["speakers"] = [speaker["name"] for speaker in told]
        row["doubtful_speakers"] = [speaker["name"] for speaker in told if speaker["doubtful"]]
    if "terms" in row:
        row["terms"] = [term["word"] for term in row["terms"]]
    if "copies" in row:
        row["copies"] = [copy["path"] for copy in row["copies"]]
    row.pop("type", None)
    return row


def _kinds(kind):
    return [kind] if isinstance(kind, str) else list(kind or [])


class Index:
    """An index that `newshound index CORPUS --index DIR` has built. May be asked by several threads at once."""

    def __init__(self, path="index"):
        self._reader = Reader(os.fspath(path))

    def search(self, query, limit=10, *, sort="relevance", after=None, context=0, exact=False, case_sensitive=False, ocr=False, fold=False, today=None):
        """The best passages for a query, as `newshound search` gives them; `limit=None` for every one."""
        answer = self._reader.search(
            query,
            limit=limit,
            sort=sort,
            after=after,
            context=context,
            exact=exact,
            case_sensitive=case_sensitive,
            ocr=ocr,
            fold=fold,
            day=today,
        )
        return _rows(answer)

    def quotes(self, query=None, *, by=None, about=None, kind=None, limit=10, sort=None, after=None, today=None):
        """Who said what, as `newshound quotes` gives it."""
        return _rows(
            self._reader.quotes(query, by=by, about=about, kinds=_kinds(kind), limit=limit, sort=sort, after=after, day=today)
        )

    def speakers(self, query=None, *, by=None, about=None, kind=None, limit=20, sort="count", today=None):
        """Who is quoted, how often and when, as `newshound speakers` gives it."""
        return _rows(self._reader.speakers(query, by=by, about=about, kinds=_kinds(kind), limit=limit, sort=sort, day=today))


def attribute(text, *, plain=True, language=None, unsure=False):
    """The quotations of a text with their speakers, without an index: a list of dicts with `start`, `end`, `text`, `speaker`, `kind`, `confidence` ...

    With `plain=False` the text is read as a file would be (an article with headline and dateline, HTML, JSON ...), and offsets count in the
    article's text. `unsure` adds reported speech that may be none.
    """
    found = json.loads(_attribute(text, plain=plain, language=language, unsure=unsure))
    return [quote for article in found for quote in article["quotes"]]


def main():
    """The command `newshound`."""
    # Rust ends quietly on a closed pipe and on Ctrl-C; Python's handlers would wait for Python.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_command(["newshound", *sys.argv[1:]]))

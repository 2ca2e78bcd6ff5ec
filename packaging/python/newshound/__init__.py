"""A search engine for news archives: who said it, where, word for word.

    import newshound
    index = newshound.Index("archive.index")
    passages = index.search('"long-term peace"')
    passages.to_pandas()                # or pandas.DataFrame(passages); to_polars() likewise

Every answer is a list of rows (dicts without dicts in them, so that pandas and polars take them as they are), with what there is altogether
in its `summary`. Offsets count characters, as Python does. What the command would say on stderr (that an answer is only a part, what was not
taken as typed) is a `newshound.Note`, a warning.
"""

import json
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Literal, NoReturn

from .native import Reader, __version__
from .native import attribute as _attribute
from .native import command as _command
from .rows import Attributed, Passage, Quotation, Rows, Speaker, Step, Stretch, Verified, flat, flat_timeline, flat_verified

__all__ = [
    "Attributed",
    "Index",
    "Note",
    "Passage",
    "Quotation",
    "Rows",
    "Speaker",
    "Step",
    "Stretch",
    "Verified",
    "__version__",
    "attribute",
    "main",
]

Kind = Literal["direct", "partial", "indirect", "not_speech"]
Sort = Literal["relevance", "date", "-date"]
Order = Literal["count", "articles", "name", "last", "first"]
Every = Literal["day", "week", "month", "year"]


class Note(UserWarning):
    """Something about an answer that must not go unseen: it is only a part, or something was not taken as typed."""


def _note(text: str) -> None:
    # Told of the line that asked, above this, `_rows` and the method.
    warnings.warn(text, Note, stacklevel=4)


def _rows(answer: str, row: type, flatten: Callable[[dict[str, Any]], Any] = flat, all_of_it: str = "limit=None") -> Rows[Any]:
    told = json.loads(answer)
    summary = told["summary"]
    for complaint in summary.get("complaints", []):
        _note(f"{complaint['message']}, at column {complaint['column']}")
    if summary["partial"]:
        _note(f"only a part: {summary['partial']}" + (f"; {all_of_it} waits until all is read" if all_of_it else ""))
    if summary.get("unreadable"):
        _note(f"articles that could not be read are left out: {', '.join(summary['unreadable'])}")
    if summary.get("near"):
        _note(f"nobody of this name is quoted; did you mean {', '.join(summary['near'])}?")
    if len(summary.get("meant", [])) > 1:
        _note(f"the name may be that of {', '.join(summary['meant'])}")
    return Rows([flatten(one) for one in told["rows"]], summary, row)


def _limit(limit: int | None) -> int | None:
    if limit is not None and limit < 0:
        raise ValueError(f"limit={limit}: so many rows, or None for every one")
    return limit


def _kinds(kind: Kind | Iterable[Kind] | None) -> list[str]:
    return [kind] if isinstance(kind, str) else list(kind or [])


def _day(day: str | date | None) -> str | None:
    return None if day is None else str(day)


def _cell(value: object) -> str | None:
    """What a table has in a cell: an empty one is None, NaN, NaT or "", whoever made it."""
    return None if value is None or value != value or str(value).strip() == "" else str(value)


class Index:
    """An index that `newshound index CORPUS --index DIR` has built; `index` when nothing is said, or what NEWSHOUND_INDEX says.

    May be asked by several threads at once; Ctrl-C ends a long answer. `people` is a people.toml instead of the one of the corpus.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None, *, people: str | os.PathLike[str] | None = None) -> None:
        self._path = os.fspath(path if path is not None else os.environ.get("NEWSHOUND_INDEX") or "index")
        self._reader = Reader(self._path, None if people is None else os.fspath(people))

    def __repr__(self) -> str:
        return f"newshound.Index({self._path!r})"

    def reload(self) -> bool:
        """Turns to what `newshound index` has added since the index was opened; whether there was anything."""
        return self._reader.reload()

    def search(
        self,
        query: str,
        limit: int | None = 10,
        *,
        sort: Sort = "relevance",
        after: str | None = None,
        context: int = 0,
        exact: bool = False,
        case_sensitive: bool = False,
        ocr: bool = False,
        fold: bool = False,
        today: str | date | None = None,
    ) -> Rows[Passage]:
        """The best passages for a query, as `newshound search` gives them; `limit=None` for every one, `fold=True` for each story once."""
        answer = self._reader.search(
            query,
            limit=_limit(limit),
            sort=sort,
            after=after,
            context=context,
            exact=exact,
            case_sensitive=case_sensitive,
            ocr=ocr,
            fold=fold,
            today=_day(today),
        )
        return _rows(answer, Passage)

    def quotes(
        self,
        query: str | None = None,
        *,
        by: str | None = None,
        about: str | None = None,
        kind: Kind | Iterable[Kind] | None = None,
        limit: int | None = 10,
        sort: Sort | None = None,
        after: str | None = None,
        today: str | date | None = None,
    ) -> Rows[Quotation]:
        """Who said what, as `newshound quotes` gives it; `limit=None` for every quotation."""
        answer = self._reader.quotes(
            query, by=by, about=about, kinds=_kinds(kind), limit=_limit(limit), sort=sort, after=after, today=_day(today)
        )
        return _rows(answer, Quotation)

    def speakers(
        self,
        query: str | None = None,
        *,
        by: str | None = None,
        about: str | None = None,
        kind: Kind | Iterable[Kind] | None = None,
        limit: int | None = 20,
        sort: Order = "count",
        today: str | date | None = None,
    ) -> Rows[Speaker]:
        """Who is quoted, how often and when, as `newshound speakers` gives it; `limit=None` for everybody."""
        answer = self._reader.speakers(query, by=by, about=about, kinds=_kinds(kind), limit=_limit(limit), sort=sort, today=_day(today))
        return _rows(answer, Speaker)

    def verify(self, claims: str | Iterable[str | Mapping[str, Any]], *, by: str | None = None) -> Rows[Verified]:
        """Whether words are printed as they are given, as `newshound verify` tells it.

        Of a sentence its quotations are checked, each with its speaker, or all of it where nothing is quoted; `by` says who said it. Several
        may be given, also as dicts with `words` and perhaps `speaker` and `date`, such as `frame.to_dict("records")`. The `claim` of a
        row is the number of what was given, from 0.
        """
        given: list[tuple[str, bool, str | None, str | None]] = []
        for claim in [claims] if isinstance(claims, str) else claims:
            if isinstance(claim, str):
                given.append((claim, False, by, None))
            else:
                given.append((_cell(claim["words"]) or "", True, _cell(claim.get("speaker")) or by, _cell(claim.get("date"))))
        answer = _rows(self._reader.verify(given), Verified, flat_verified, all_of_it="")
        for row in answer:
            if row["partial"]:
                warnings.warn(f"claim {row['claim']}: only a part: {row['partial']}", Note, stacklevel=2)
        return answer

    def trail(self, words: str, *, all: bool = False) -> Rows[Step]:
        """Where words were printed first and what became of them, as `newshound trail` tells it: words, or the id of a passage or quotation."""
        return _rows(self._reader.trail(words, all=all), Step, all_of_it="all=True")

    def timeline(
        self,
        queries: str | Iterable[str],
        *,
        every: Every = "month",
        since: str | date | None = None,
        until: str | date | None = None,
        once: bool = False,
        today: str | date | None = None,
    ) -> Rows[Stretch]:
        """How much answers each query in each stretch of time, and how much is printed at all, as `newshound timeline` counts it.

        `once` counts of copies the first printing alone. A stretch of which the index holds no article has None: a gap, no zero. What has
        no day as precise as the stretches is in none of them; `summary["undated"]` has as many articles for each query.
        """
        asked = [queries] if isinstance(queries, str) else list(queries)
        told = json.loads(self._reader.timeline(asked, every=every, since=_day(since), until=_day(until), today=_day(today)))
        rows = flat_timeline(told, once)
        for curve in told["curves"]:
            for complaint in curve["summary"]["complaints"]:
                warnings.warn(f"{curve['query']}: {complaint['message']}, at column {complaint['column']}", Note, stacklevel=2)
            if curve["summary"]["partial"]:
                warnings.warn(f"{curve['query']}: only a part: {curve['summary']['partial']}", Note, stacklevel=2)
        for query, articles in rows.summary["undated"].items():
            if articles:
                plural = "" if articles == 1 else "s"
                warnings.warn(f"{query}: {articles} article{plural} without a known {every} in no row", Note, stacklevel=2)
        return rows


def attribute(text: str, *, plain: bool = True, language: str | None = None, unsure: bool = False) -> Rows[Attributed]:
    """The quotations of a text with their speakers, without an index: rows with `start`, `end`, `text`, `speaker`, `kind`, `confidence` ...

    With `plain=False` the text is read as a file would be (an article with headline and dateline, HTML, JSON ...): offsets count in the text
    of the article, whose id is in `article`. `unsure` adds reported speech that may be none.
    """
    told = json.loads(_attribute(text, plain=plain, language=language, unsure=unsure))
    for why in told["unread"]:
        warnings.warn(why, Note, stacklevel=2)
    missing = {"mention_start": None, "mention_end": None}
    articles = [(None if plain else article["id"], article["quotes"]) for article in told["articles"]]
    rows: list[Any] = [{**missing, **quote, "article": article} for article, quotes in articles for quote in quotes]
    return Rows(rows, {"articles": len(articles), "unread": told["unread"]}, Attributed)


def main() -> NoReturn:
    """The command `newshound`."""
    # Rust ends quietly on a closed pipe and on Ctrl-C; Python's handlers would wait for Python.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_command(["newshound", *sys.argv[1:]]))

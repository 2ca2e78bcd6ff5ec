"""What the rows of an answer hold. The fields and what they mean are those of docs/json.md, made flat: of a source its path, record, format
and line, of speakers and words the names alone.

tests/tree/wheel.rs holds these fields to what newshound writes.
"""

from typing import TYPE_CHECKING, Any, Generic, TypedDict, TypeVar, cast, get_type_hints

if TYPE_CHECKING:
    import pandas
    import polars

Row = TypeVar("Row")


class Rows(list[Row], Generic[Row]):
    """The rows of an answer; `summary` is what there is altogether: passages, mentions, articles, complaints about the query ..."""

    summary: dict[str, Any]

    def __init__(self, rows: list[Any], summary: dict[str, Any], row: type) -> None:
        self._types = get_type_hints(row)
        super().__init__(cast(Row, {name: told[name] for name in self._types}) for told in rows)
        self.summary = summary

    def to_pandas(self) -> "pandas.DataFrame":
        """A frame of pandas. It has its columns also when there is no row."""
        import pandas

        return pandas.DataFrame(list(self), columns=list(self._types))

    def to_polars(self) -> "polars.DataFrame":
        """A frame of polars. Its types are those of the row, whatever the first rows hold."""
        import polars

        return polars.DataFrame(list(self), schema=self._types)


class Passage(TypedDict):
    """A row of `search`. `before` and `after` are filled with `context=N`, `copies` (paths) with `fold=True`."""

    rank: int
    id: str
    published: str | None
    outlet: str | None
    headline: str | None
    dateline: str | None
    place: str | None
    speakers: list[str]
    doubtful_speakers: list[str]
    before: list[str]
    text: str
    after: list[str]
    matches: list[list[int]]
    kind: str
    score: float
    path: str
    line: int | None
    url: str | None
    copies: list[str]
    article: str
    paragraph: int
    record: int
    format: str
    source_matches: list[list[int]]


class Quotation(TypedDict):
    """A row of `quotes`. The words are `text`, at `said` in the sentences of `context`."""

    rank: int
    id: str
    speaker: str | None
    known_as: str | None
    mention: str | None
    role: str | None
    confidence: float
    kind: str
    text: str
    context: str
    published: str | None
    outlet: str | None
    headline: str | None
    dateline: str | None
    place: str | None
    path: str
    line: int | None
    url: str | None
    score: float
    matches: list[list[int]]
    said: list[int]
    context_matches: list[list[int]]
    article: str
    paragraph: int
    record: int
    format: str
    source_matches: list[list[int]]


class Speaker(TypedDict):
    """A row of `speakers`; `terms` are the words characteristic of what somebody says."""

    rank: int
    name: str
    kind: str
    names: list[str]
    role: str | None
    may_be: list[str]
    quotations: int
    direct: int
    partial: int
    indirect: int
    articles: int
    first: str | None
    last: str | None
    terms: list[str]


class Verified(TypedDict):
    """A row of `verify`. From `printed` on: the first place that prints it, None where nothing does; `places` has all of them."""

    claim: int
    words: str
    claimed_speaker: str | None
    claimed_date: str | None
    verdict: str
    speaker_check: str
    of_that_day: bool | None
    articles: int
    stories: int
    places: list[str]
    common: float
    interrupted: bool
    only_given: list[list[int]]
    only_printed: list[list[int]]
    hidden: list[str]
    partial: str | None
    printed: str | None
    part: list[int] | None
    speaker: str | None
    confidence: float | None
    kind: str | None
    published: str | None
    outlet: str | None
    headline: str | None
    dateline: str | None
    place: str | None
    path: str | None
    line: int | None
    url: str | None
    article: str | None
    paragraph: int | None
    record: int | None


class Step(TypedDict):
    """A row of `trail`: an article that prints the words, and what was done to them there."""

    number: int
    published: str | None
    outlet: str | None
    text: str
    changes: list[str]
    speaker: str | None
    confidence: float
    kind: str | None
    headline: str | None
    dateline: str | None
    place: str | None
    path: str
    line: int | None
    url: str | None
    copies: list[str]
    common: float
    cut_off: int
    left_out: int
    put_in: int
    replaced: int
    goes_on: int
    part: list[int]
    only_given: list[list[int]]
    only_printed: list[list[int]]
    article: str
    paragraph: int
    record: int


Stretch = TypedDict(
    "Stretch",
    {
        "query": str,
        "from": str,
        "all_articles": int,
        "all_words": int,
        "mentions": int | None,
        "passages": int | None,
        "articles": int | None,
        "share": float | None,
        "per_million": float | None,
    },
)
"""A row of `timeline`."""


class Attributed(TypedDict):
    """A row of `attribute`; `article` is its id where a text was read as a file would be."""

    article: str | None
    start: int
    end: int
    text: str
    speaker: str | None
    mention: str | None
    mention_start: int | None
    mention_end: int | None
    kind: str
    confidence: float


def flat(row: dict[str, Any]) -> dict[str, Any]:
    """A row of an answer without dicts in it."""
    if row["type"] == "passage":
        # Left out where there is nothing: a column is there for every row or for none.
        row = {"before": [], "after": [], "copies": [], **row}
        told = row["speakers"]
        row["speakers"] = [speaker["name"] for speaker in told]
        row["doubtful_speakers"] = [speaker["name"] for speaker in told if speaker["doubtful"]]
    if "source" in row:
        source = row["source"]
        row |= {**source, "source_matches": source["matches"], "matches": row["matches"]}
    if "terms" in row:
        row["terms"] = [term["word"] for term in row["terms"]]
    if "copies" in row:
        row["copies"] = [copy["path"] for copy in row["copies"]]
    return row


def flat_verified(row: dict[str, Any]) -> dict[str, Any]:
    """What came of a claim, with the first place that prints it."""
    places = row["places"]
    first = places[0] if places else dict.fromkeys(Verified.__annotations__)
    places = [f"{place['path']}:{place['line']}" for place in places]
    return {**first, "printed": first.get("text"), **row, "places": places}


def flat_timeline(told: dict[str, Any], once: bool) -> "Rows[Stretch]":
    """A row for each query and stretch of time."""
    which, articles, words = ("once", "stories", "story_words") if once else ("each", "articles", "words")
    nothing = dict.fromkeys(["mentions", "passages", "articles", "share", "per_million"])
    rows: list[Any] = []
    for curve in told["curves"]:
        for stretch, counts in zip(told["stretches"], curve["counts"], strict=True):
            printed = {"from": stretch["from"], "all_articles": stretch[articles], "all_words": stretch[words]}
            rows.append({"query": curve["query"], **printed, **(counts[which] if counts else nothing)})
    summary = {
        "every": told["every"],
        "commit": told["commit"],
        "undated": {curve["query"]: curve["undated"][which]["articles"] for curve in told["curves"]},
        "understood_as": {curve["query"]: curve["summary"]["understood_as"] for curve in told["curves"]},
    }
    return Rows(rows, summary, Stretch)

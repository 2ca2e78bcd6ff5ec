import os
from collections.abc import Iterable
from typing import Any, Literal, NoReturn

__version__: str

Kind = Literal["direct", "partial", "indirect", "not_speech"]
Sort = Literal["relevance", "date", "-date"]

class Rows(list[dict[str, Any]]):
    summary: dict[str, Any]

class Index:
    def __init__(self, path: str | os.PathLike[str] = "index") -> None: ...
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
        today: str | None = None,
    ) -> Rows: ...
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
        today: str | None = None,
    ) -> Rows: ...
    def speakers(
        self,
        query: str | None = None,
        *,
        by: str | None = None,
        about: str | None = None,
        kind: Kind | Iterable[Kind] | None = None,
        limit: int | None = 20,
        sort: Literal["count", "articles", "name", "last", "first"] = "count",
        today: str | None = None,
    ) -> Rows: ...

def attribute(text: str, *, plain: bool = True, language: str | None = None, unsure: bool = False) -> list[dict[str, Any]]: ...
def main() -> NoReturn: ...

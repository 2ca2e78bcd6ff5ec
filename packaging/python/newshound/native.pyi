from typing import final

__all__ = ["Reader", "__version__", "attribute", "command"]

__version__: str

@final
class Reader:
    def __new__(cls, index: str, people: str | None) -> Reader: ...
    def reload(self) -> bool: ...
    def search(
        self,
        text: str,
        *,
        limit: int | None,
        sort: str,
        after: str | None,
        context: int,
        exact: bool,
        case_sensitive: bool,
        ocr: bool,
        fold: bool,
        today: str | None,
    ) -> str: ...
    def quotes(
        self,
        text: str | None,
        *,
        by: str | None,
        about: str | None,
        kinds: list[str],
        limit: int | None,
        sort: str | None,
        after: str | None,
        today: str | None,
    ) -> str: ...
    def speakers(
        self,
        text: str | None,
        *,
        by: str | None,
        about: str | None,
        kinds: list[str],
        limit: int | None,
        sort: str,
        today: str | None,
    ) -> str: ...
    def verify(self, given: list[tuple[str, bool, str | None, str | None]]) -> str: ...
    def trail(self, words: str, *, all: bool) -> str: ...
    def timeline(
        self, queries: list[str], *, every: str, since: str | None, until: str | None, today: str | None
    ) -> str: ...

def attribute(text: str, *, plain: bool, language: str | None, unsure: bool) -> str: ...
def command(arguments: list[str]) -> int: ...

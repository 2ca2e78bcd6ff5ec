"""Read by mypy --strict, not run: what is right passes, and what is wrong is refused (an ignored error that is none is an error)."""

import datetime

import newshound

index = newshound.Index("archive.index")
passages: newshound.Rows[newshound.Passage] = index.search('"long-term peace"', limit=None, today=datetime.date(2025, 3, 14))
speakers: list[list[str]] = [passage["speakers"] for passage in passages]
said: list[str | None] = [quotation["known_as"] for quotation in index.quotes(by="Orlan", kind="direct")]
most: int = index.speakers(sort="articles")[0]["quotations"]
verdicts: set[str] = {row["verdict"] for row in index.verify(["We want peace, said Orlan.", {"words": "peace", "speaker": "Orlan"}])}
first: str | None = index.trail("long-term peace")[0]["published"]
share: float | None = index.timeline(["peace", "war"], every="week")[0]["share"]
start: int = newshound.attribute("Orlan said: “Peace.”")[0]["start"]
rows, columns = passages.to_pandas().shape
names: list[str] = passages.to_polars().columns

index.search("peace", sort="upwards")  # type: ignore[arg-type]
index.quotes(kind="loud")  # type: ignore[arg-type]
index.search(["peace"])  # type: ignore[arg-type]
passages[0]["speeker"]  # type: ignore[typeddict-item]
index.timeline("peace", every="hour")  # type: ignore[arg-type]

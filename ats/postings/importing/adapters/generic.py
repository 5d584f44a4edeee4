"""Any list of postings: its columns are found by their headers, or named by a person.

Only the title is required. What is in columns that no field uses is left out, and the report names
them: an internal remark must not become public by an import.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache, partial

from ats.common.reference import reference
from ats.common.tables.columns import guess_columns
from ats.common.tables.outcomes import BadRecord
from ats.common.tables.records import Record, midnight, web_address
from ats.common.tables.text import MARKED, Cell, cell_text, fold, labelled, one_line
from ats.postings.importing.adapters.adapter import Adapter
from ats.postings.importing.kinds import kind_of, kind_of_season
from ats.postings.importing.rows import Kind, PostingRow

FEED = "table"
FIELDS = "posting_columns"  # the list of headers in `fixtures/`
REQUIRED = ("title",)

CLOSED_SIGN = "\N{LOCK}"
COUNT = re.compile(r"(\d{1,6})(?:\.0+)?\s*(?:人|名|个|位|people|persons|openings?)?")
ANY_COUNT = re.compile(r"若干|不限|多名|several|multiple|n/?a|-+|", re.IGNORECASE)
PLAIN_ADDRESS = re.compile(r"https?://[\w.:/?#=&%~+-]+", re.ASCII)
ADDRESS = re.compile(r"https?://[^\s<>\"'，。；、）)]+", re.IGNORECASE)


def generic(mapping: Mapping[str, str]) -> Adapter:
    """An adapter for the columns of one file; `mapping` is column by field."""
    return Adapter(feed=FEED, label="any list", columns=frozenset(), read=partial(read, mapping=mapping))


def read_by_headers(record: Record) -> PostingRow:
    """Reads a record of a known kind of list, whatever further columns it has."""
    return read(record, mapping=guessed(tuple(record.values)))


@lru_cache(maxsize=100)
def guessed(columns: tuple[str, ...]) -> Mapping[str, str]:
    return guess_columns(columns, FIELDS)


def read(record: Record, *, mapping: Mapping[str, str]) -> PostingRow:
    cells = Cells(record, mapping)
    title = cells.text("title", required=True)
    posted, is_rough = cells.published()
    deadline = cells.deadline()
    return PostingRow(
        number=record.number,
        external_id=cells.text("external_id"),
        title=title,
        title_zh=cells.text("title_zh"),
        employer=cells.text("employer"),
        kind=kind(cells, title),
        programme=cells.text("programme"),
        category=cells.text("category") or cells.text("department"),
        description=description(cells, deadline),
        requirements=requirements(cells),
        locations=cells.places(),
        url=cells.url(),
        pay=cells.text("pay"),
        graduation=cells.text("graduation"),
        head_count=cells.head_count(),
        published_at=midnight(posted) if posted else None,
        published_roughly=is_rough,
        is_open=cells.is_open() and (deadline is None or deadline >= record.as_of),
    )


def kind(cells: Cells, title: str) -> Kind:
    """What a column of kinds says, else the programme, else the title."""
    programme = cells.text("programme")
    texts = (cells.text("kind"), programme, title)
    return next(filter(None, map(kind_of, texts)), "") or kind_of_season(programme)


def description(cells: Cells, deadline: date | None) -> str:
    return labelled(
        ("", cells.body("description")),
        ("", cells.body("responsibilities")),
        (cells.header("deadline"), deadline.isoformat() if deadline else ""),
    )


def requirements(cells: Cells) -> str:
    degree = cells.body("degree")
    return labelled(
        (cells.header("degree"), "" if fold(degree) in words_of("any_degree") else degree),
        (cells.header("major"), cells.body("major")),
        ("", cells.body("requirements")),
        (cells.header("preferred"), cells.body("preferred")),
    )


@cache
def words_of(meaning: str) -> frozenset[str]:
    """The folded words of `fixtures/import_words.toml` for one meaning."""
    return frozenset(fold(word) for word in reference("import_words")[meaning])


class Cells:
    """The cells of a record by field. A field without a column is blank."""

    def __init__(self, record: Record, mapping: Mapping[str, str]) -> None:
        values = {column: plain(record.values.get(column)) for column in mapping.values()}
        self.record = Record(record.number, values, record.as_of)
        self.mapping = mapping

    def header(self, field: str) -> str:
        return self.mapping.get(field, field)

    def text(self, field: str, *, required: bool = False) -> str:
        """One line without the marks of Markdown and HTML."""
        if field not in self.mapping and not required:
            return ""
        text = cell_text(self.raw(field)).strip(" *")
        if required and not text:
            raise BadRecord("missing", field=self.header(field))
        return text

    def body(self, field: str) -> str:
        return self.record.body(self.mapping[field]) if field in self.mapping else ""

    def raw(self, field: str) -> str:
        """The cell as one text; a list of texts is joined."""
        column = self.mapping.get(field)
        if column is None:
            return ""
        value = self.record.values.get(column)
        if isinstance(value, list):
            return "; ".join(self.record.lines(column))
        return str(value).lower() if isinstance(value, bool) else self.record.line(column)

    def places(self) -> tuple[str, ...]:
        column = self.mapping.get("locations", "")
        value = self.record.values.get(column)
        texts = value if isinstance(value, list) else [self.record.body(column)] if column else []
        lines = (line for text in texts for line in lines_of(str(text)))
        return tuple(dict.fromkeys(line for line in lines if line))

    def url(self) -> str:
        """The first web address of the cell; "" where there is none, as in the row of a closed job."""
        raw = self.raw("url")
        if PLAIN_ADDRESS.fullmatch(raw):
            return web_address(self.header("url"), raw)
        links = [*Cell(raw).links, *ADDRESS.findall(raw)]
        if links:
            return web_address(self.header("url"), links[0].strip())
        text = cell_text(raw)
        if "." in text and "@" not in text and " " not in text and text.isascii():
            return web_address(self.header("url"), text if "//" in text else f"https://{text}")
        return ""

    def published(self) -> tuple[date | None, bool]:
        """The day, and whether it was counted back from an age."""
        column = self.mapping.get("published_at")
        if column is None:
            return None, False
        if day := self.record.age(column):
            return day, True
        return self.record.any_day(column), False

    def deadline(self) -> date | None:
        column = self.mapping.get("deadline")
        return self.record.any_day(column) if column else None

    def head_count(self) -> int | None:
        text = self.text("head_count")
        if match := COUNT.fullmatch(text):
            return int(match[1]) or None
        if ANY_COUNT.fullmatch(text):
            return None
        raise BadRecord("bad_number", field=self.header("head_count"), value=text)

    def is_open(self) -> bool:
        """Closed where a column of states says so, or a lock stands in the row; else open."""
        said = fold(self.text("state"))
        if said and said not in words_of("open") | words_of("closed"):
            raise BadRecord("bad_choice", field=self.header("state"), value=said, wanted="open or closed")
        closed = not words_of("closed").isdisjoint((said, fold(self.raw("url"))))
        return not closed and not any(CLOSED_SIGN in self.raw(field) for field in ("url", "title", "state"))


def lines_of(text: str) -> list[str]:
    return Cell(text).lines if MARKED.search(text) else [one_line(text)]


def plain(value: object) -> object:
    """Objects of JSON by what names them: `{"location": {"name": "Oslo"}}` is "Oslo"."""
    if isinstance(value, Mapping):
        named = (value.get(key) for key in ("name", "label", "value", "text", "city", "id"))
        return next((each for each in named if isinstance(each, str | int | float)), None)
    if isinstance(value, list):
        return [text for text in map(plain, value) if isinstance(text, str)]
    return value

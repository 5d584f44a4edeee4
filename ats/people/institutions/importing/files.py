"""Public lists of schools in the shapes that they are published in.

A list of JSON objects, an object of objects (province, school, address), or a table with headings (CSV
or TSV; save a workbook as one of them). The heading says which column is what: COLUMNS.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from ats.common.errors import Invalid

COLUMNS = {
    "name": ("name", "en", "name_en", "english name", "英文名", "英文名称", "学校英文名称"),
    "name_zh": ("name_zh", "chinese name", "学校名称", "院校名称", "中文名", "中文名称", "名称"),
    "country": ("alpha_two_code", "country_code", "countrycode", "country", "国家", "国家代码"),
    "hosts": ("domains", "web_pages", "website", "web", "url", "host", "hosts", "网址", "官网", "学校网址"),
}
ENCODINGS = ("utf-8-sig", "gb18030")

Row = dict[str, Any]


def read_institutions(path: Path) -> list[Row]:
    """The rows of a file, each with whatever it has of `name`, `name_zh`, `country` and `hosts` (a list).

    Raises Invalid("file_unreadable") with the way out for a file of another shape.
    """
    text = _text(path)
    found = list(_json_rows(text) if text.lstrip()[:1] in ("[", "{") else _table_rows(text))
    if not any(row.get("name") or row.get("name_zh") for row in found):
        sentence = _("%(file)s has no column with names of schools. Known headings: %(headings)s.")
        headings = ", ".join([*COLUMNS["name"], *COLUMNS["name_zh"]])
        raise Invalid("file_unreadable", sentence % {"file": path.name, "headings": headings}, field="file")
    return found


def _text(path: Path) -> str:
    content = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    sentence = _("%(file)s is neither UTF-8 nor GB18030. Save it as UTF-8.")
    raise Invalid("file_unreadable", sentence % {"file": path.name}, field="file")


def _json_rows(text: str) -> Iterator[Row]:
    try:
        document = json.loads(text)
    except ValueError as error:
        sentence = _("This is no JSON: %(error)s.")
        raise Invalid("file_unreadable", sentence % {"error": error}, field="file") from error
    if isinstance(document, dict):
        yield from _by_province(document)
        return
    for entry in document:
        yield _row(entry) if isinstance(entry, dict) else {}


def _by_province(document: dict[str, Any]) -> Iterator[Row]:
    for schools in document.values():
        for name, site in schools.items() if isinstance(schools, dict) else ():
            yield _row({"name": name, "url": site})


def _table_rows(text: str) -> Iterator[Row]:
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max(",\t;", key=first.count)
    for entry in csv.DictReader(text.splitlines(), delimiter=delimiter):
        yield _row({heading or "": value for heading, value in entry.items()})


def _row(entry: dict[str, Any]) -> Row:
    columns = {str(heading).strip().casefold(): value for heading, value in entry.items()}
    row: Row = {}
    for field, headings in COLUMNS.items():
        found = next((columns[heading] for heading in headings if columns.get(heading)), "")
        row[field] = _texts(found) if field == "hosts" else " ".join(str(found).split())
    row["country"] = row["country"].upper()
    return _chinese_name_apart(row)


def _texts(value: Any) -> list[str]:
    return [str(text).strip() for text in (value if isinstance(value, list) else [value]) if text]


def _chinese_name_apart(row: Row) -> Row:
    """A column "name" may have Chinese names."""
    if not row["name_zh"] and any("\u4e00" <= sign <= "\u9fff" for sign in row["name"]):
        return {**row, "name": "", "name_zh": row["name"]}
    return row

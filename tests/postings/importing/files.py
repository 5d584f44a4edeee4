"""Small feeds for tests, written by hand: each function writes one file and returns its path."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl

LISTING = {
    "id": "a1",
    "company_name": "Harbour Labs",
    "title": "Software Engineer Intern",
    "locations": ["Oslo"],
    "terms": ["Summer 2027"],
    "date_posted": 1_780_000_000,
    "url": "https://jobs.example.com/a1",
    "active": True,
    "is_visible": True,
}


def listing(**facts: Any) -> dict[str, Any]:
    """One Simplify internship; the address follows the id."""
    url = f"https://jobs.example.com/{facts.get('id', 'a1')}"
    return {**LISTING, "url": url, **facts}


def write_json(folder: Path, records: object, name: str = "listings.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(records), encoding="utf-8")
    return path


def write_text(folder: Path, text: str, name: str) -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def write_workbook(folder: Path, rows: list[list[object]], name: str = "jobs.xlsx") -> Path:
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    for row in rows:
        workbook.active.append(row)
    path = folder / name
    workbook.save(path)
    return path

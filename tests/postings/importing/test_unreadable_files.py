"""Files that are no feeds: one clear sentence each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ats.common.errors import Invalid
from ats.postings.importing.feeds import Feed, read_feed


def read(path: Path) -> Feed:
    return read_feed(path, as_of=date(2026, 8, 22))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", r"feed cannot be read: there is no row in it\."),
        (b"a,b\n", r"feed cannot be read: there is no row in it\."),
        (b"a,b\n1,2\n", r"feed: There is no column for the title\. The file has: 'a', 'b'\. Usual .*"),
        (b'{"positions": []}', r"feed: There is no column for the title\. The file has: 'positions'\. .*"),
        (b'[{"id": 1', r"feed cannot be read: it is no JSON from line 1 on: .* \(JSON\)\."),
        (b"[" * 100_000, r"feed cannot be read: it is nested too deeply \(JSON\)\."),
        (b"PK\x03\x04rest", r"feed cannot be read: the workbook is damaged \(Excel workbook\)\."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest",
            r"feed cannot be read: the sheet is damaged \(Excel 97 sheet\)\.",
        ),
        (
            b'title,city\nCook,Oslo\n"Baker,Oslo\nSmith,Bergen\n',
            r"feed cannot be read: the quote that opens in line 3 is never closed\.",
        ),
        (
            b'title,city\n"Cook","Oslo"\n"Baker,"Oslo"\n"Smith","Bergen"\n',
            r"feed cannot be read: the quote that opens in line 3 is never closed\.",
        ),
        (b"\xff\xfetitle\x00\x00\xd8", r"feed cannot be read: it is not in UTF-8, UTF-16 or GB18030 .*"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "feed"
    path.write_bytes(content)

    with pytest.raises(Invalid) as refused:
        read(path)

    assert refused.match(sentence)
    assert refused.value.field in ("file", "mapping")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"gone\.json cannot be read: No such file or directory\."):
        read(tmp_path / "gone.json")

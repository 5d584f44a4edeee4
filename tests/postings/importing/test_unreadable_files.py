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
        (b"", r"feed holds no known postings: Simplify internships .*\(Markdown\)\."),
        (b"a,b\n1,2\n", r"feed holds no known postings: .*\(CSV\).*\."),
        (b'{"positions": []}', r"feed holds no known postings: .*"),
        (b'[{"id": 1', r"feed can not be read: .* \(JSON list\)\."),
        (b"[" * 100_000, r"feed can not be read: it is nested too deeply \(JSON list\)\."),
        (b"PK\x03\x04rest", r"feed can not be read: the workbook is damaged \(Excel workbook\)\."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest",
            r"feed can not be read: the sheet is damaged \(Excel 97 sheet\)\.",
        ),
        ("公司".encode("gb18030"), r"feed can not be read: it is not in UTF-8\."),
    ],
)
def test_a_file_that_can_not_be_read_is_told_in_a_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "feed"
    path.write_bytes(content)

    with pytest.raises(Invalid) as refused:
        read(path)

    assert refused.match(sentence)
    assert refused.value.field == "file"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"gone\.json can not be read: No such file or directory\."):
        read(tmp_path / "gone.json")

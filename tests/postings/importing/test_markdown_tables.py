"""Markdown's tables as feeds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from ats.common.tables.outcomes import LeftOut
from ats.postings.importing.feeds import Feed
from ats.postings.importing.rows import PostingRow
from tests.postings.importing.files import write_text
from tests.postings.importing.test_feeds import read

TABLES = r"""# Jobs

| Company | Position | Location | Salary | Posting | Age |
|---|---|---|---|---|---|
| <b>Harbour &amp; Co</b> | AI \| ML Intern | Oslo | $62/hr | <a href="https://h.example/1"><img/></a> | 8d |

| Company | Position | Location | Posting | Age |
|:--|---|---|---|---|
| Harbour | New Grad Analyst | | <a href="https://h.example/2">Apply</a> | 0d |
| Harbour | Gone Intern | Oslo | closed | 3d |
| Harbour | Old Intern | Oslo | <a href="https://h.example/3">Apply</a> | long ago |
| Harbour | | Oslo | <a href="https://h.example/4">Apply</a> | 1d |
"""


def test_markdown_tables_of_two_shapes(tmp_path: Path) -> None:
    assert read(write_text(tmp_path, TABLES, "README.md")) == Feed(
        name="markdown-table",
        rows=(
            PostingRow(
                number=5,
                title="AI | ML Intern",
                employer="Harbour & Co",
                kind="internship",
                locations=("Oslo",),
                url="https://h.example/1",
                pay="$62/hr",
                published_at=datetime(2026, 8, 14, tzinfo=UTC),
                published_roughly=True,
            ),
            PostingRow(
                number=9,
                title="New Grad Analyst",
                employer="Harbour",
                kind="graduate",
                url="https://h.example/2",
                published_at=datetime(2026, 8, 22, tzinfo=UTC),
                published_roughly=True,
            ),
            PostingRow(
                number=10,
                title="Gone Intern",
                employer="Harbour",
                kind="internship",
                locations=("Oslo",),
                published_at=datetime(2026, 8, 19, tzinfo=UTC),
                published_roughly=True,
                is_open=False,
            ),
        ),
        rejected=(
            LeftOut(11, "bad_date", "Age is no date: 'long ago'."),
            LeftOut(12, "missing", "Position is empty."),
        ),
    )

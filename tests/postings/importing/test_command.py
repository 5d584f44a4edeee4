from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ats.models import Campaign, Posting
from tests.factories import a_campaign, an_organisation
from tests.postings.importing.files import listing, write_json

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    return a_campaign(an_organisation(slug="harbour"), slug="summer")


def command(*words: object, organisation: str = "harbour", campaign: str = "summer") -> str:
    """What the command prints."""
    out = io.StringIO()
    names = ("--organisation", organisation, "--campaign", campaign)
    call_command("import_postings", *map(str, words), *names, stdout=out)
    return out.getvalue()


def test_the_report_names_every_row_that_was_left_out_and_adds_up(campaign: Campaign, tmp_path: Path) -> None:
    records = [
        listing(title="Machine Learning Intern"),
        listing(id="b2", title=""),
        listing(id="c3", title="ML Intern", url="https://jobs.example.com/a1"),
        listing(title="Cook", url="https://jobs.example.com/cook"),
    ]

    assert command(write_json(tmp_path, records)) == (
        "listings.json: simplify-internships\n"
        "  duplicate, same_url: 1\n"
        "    row 3: Row 1 has the same address: https://jobs.example.com/a1\n"
        "  rejected, missing: 1\n"
        "    row 2: title is empty.\n"
        "  rejected, same_id_other_job: 1\n"
        "    row 4: The id 'a1' stands on two jobs: 'Machine Learning Intern' (Harbour Labs) "
        "in row 1 was kept, 'Cook' (Harbour Labs) left out.\n"
        "  AI 100.0 %; algorithms 100.0 %\n"
        "  read 4 = created 1 + updated 0 + unchanged 0 + duplicate 1 + rejected 2\n"
    )


def test_the_report_for_machines(campaign: Campaign, tmp_path: Path) -> None:
    out = tmp_path / "report.json"

    command(write_json(tmp_path, [listing(), listing(id="b2", title="")]), "--report", out)

    assert json.loads(out.read_text(encoding="utf-8")) == [
        {
            "file": "listings.json",
            "feed": "simplify-internships",
            "read": 2,
            "created": 1,
            "updated": 0,
            "unchanged": 0,
            "duplicate": 0,
            "rejected": 1,
            "tracks": {"engineering": 1},
            "ai": 0,
            "mapping": {},
            "unused": [],
            "proposals": [],
            "vanished": [],
            "closed": 0,
            "classified_percent": 100.0,
            "ai_percent": 0.0,
            "duplicate_rows": [],
            "rejected_rows": [{"number": 2, "code": "missing", "sentence": "title is empty."}],
        }
    ]


def test_a_dry_run_says_so(campaign: Campaign, tmp_path: Path) -> None:
    printed = command(write_json(tmp_path, [listing()]), "--dry-run")

    assert printed.endswith(
        "read 1 = created 1 + updated 0 + unchanged 0 + duplicate 0 + rejected 0\n"
        "Nothing was written: this was a dry run.\n"
    )
    assert Posting.objects.count() == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"organisation": "nobody"}, "There is no organisation 'nobody'; there are: harbour."),
        ({"campaign": "winter"}, "harbour has no campaign 'winter'; there are: summer."),
    ],
)
def test_unknown_names_are_told_with_the_known_ones(
    campaign: Campaign, tmp_path: Path, words: dict[str, str], sentence: str
) -> None:
    with pytest.raises(CommandError) as refused:
        command(write_json(tmp_path, [listing()]), **words)

    assert str(refused.value) == sentence


def test_a_file_that_is_not_there(campaign: Campaign) -> None:
    with pytest.raises(CommandError) as refused:
        command("gone.json")

    assert str(refused.value) == "gone.json cannot be read: No such file or directory."


def test_a_day_that_is_none(campaign: Campaign, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="'soon' is no day, write it as 2026-08-22"):
        command(write_json(tmp_path, [listing()]), "--as-of", "soon")


def test_a_report_that_can_not_be_written(campaign: Campaign, tmp_path: Path) -> None:
    out = tmp_path / "no" / "report.json"

    with pytest.raises(CommandError) as refused:
        command(write_json(tmp_path, [listing()]), "--report", out)

    assert str(refused.value) == f"The report cannot be written to {out}: No such file or directory."

from __future__ import annotations

import json
from typing import Any

import pytest

from ats.exchange.json_resume import faults, schema
from ats.models.facts import profile_extensions
from tests.processes import ROOT

RESUMES = ROOT.parent / "shared" / "data" / "resumes"
needs_samples = pytest.mark.skipif(not RESUMES.exists(), reason="the shared résumés are not here")


def accepted(schema: dict[str, Any], root: dict[str, Any]) -> Any:
    """A schema's meaning without its prose: types, formats and fields, references followed."""
    if "$ref" in schema:
        return "date"
    if "pattern" in schema:
        return "date"
    if "items" in schema:
        return [accepted(schema["items"], root)]
    if "properties" in schema:
        return {name: accepted(inner, root) for name, inner in schema["properties"].items()}
    return schema.get("format", schema["type"])


@needs_samples
def test_it_is_the_published_schema() -> None:
    published = json.loads((RESUMES / "jsonresume_schema.json").read_text("utf-8"))

    ours = accepted(schema(), schema())
    del ours["education"][0]["countryCode"]
    for name in profile_extensions():  # facts that it lacks
        del ours[name]
    assert ours == accepted(published, published)


@needs_samples
@pytest.mark.parametrize("name", ["jsonresume_complete", "jsonresume_new-grad", "jsonresume_sample"])
def test_the_published_samples_are_accepted(name: str) -> None:
    document = json.loads((RESUMES / f"{name}.json").read_text("utf-8"))

    assert list(faults(document)) == []


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ([], ""),
        ({"basics": "Li Na"}, "/basics"),
        ({"basics": {"email": "nobody"}}, "/basics/email"),
        ({"education": [{}, {"endDate": "June 2026"}]}, "/education/1/endDate"),
        ({"skills": [{"keywords": [1]}]}, "/skills/0/keywords/0"),
    ],
)
def test_a_fault_is_told_with_its_place(document: Any, pointer: str) -> None:
    assert [where for where, _why in faults(document)] == [pointer]


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        (
            {"education": [{"institution": "x" * 201}]},
            ("/education/0/institution", "Give at most 200 characters."),
        ),
        ({"education": [{"area": "x" * 201}]}, ("/education/0/area", "Give at most 200 characters.")),
        ({"basics": {"name": "x" * 201}}, ("/basics/name", "Give at most 200 characters.")),
        ({"basics": {"phone": "1" * 41}}, ("/basics/phone", "Give at most 40 characters.")),
        ({"education": [{}] * 301}, ("/education", "Give at most 300 entries.")),
    ],
)
def test_what_is_too_long_is_told_by_its_bound(document: Any, fault: tuple[str, str]) -> None:
    assert list(faults(document)) == [fault]


@pytest.mark.parametrize("text", ["2026", "2026-06", "2026-06-30"])
def test_dates_may_be_known_to_the_year_month_or_day(text: str) -> None:
    assert list(faults({"education": [{"endDate": text}]})) == []

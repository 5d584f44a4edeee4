"""What is no acceptable request is told so, and leaves nothing behind."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from api.core.filters import LARGEST_ID
from ats.models import Location
from tests.api.problems import invalid, problem
from tests.routes.world import World

pytestmark = pytest.mark.django_db

LOCATIONS = "/api/v1/locations/"
NUL = "The character NUL is not allowed."
SURROGATE = "Half a surrogate pair is no character."
UNENDING = "This is not a finite number."
BODY = "The body is not acceptable JSON: "

BODIES: dict[str, tuple[bytes, dict[str, Any]]] = {
    "NUL": (b'{"name": "Wu\\u0000han"}', invalid("/name", "nul", NUL)),
    "NUL deeper": (b'{"name": {"en": ["Wuhan", "\\u0000"]}}', invalid("/name/en/1", "nul", NUL)),
    "NUL in a key": (b'{"na\\u0000me": "Wuhan"}', invalid("", "nul", NUL)),
    "lone surrogate": (b'{"name": "\\ud83d"}', invalid("/name", "surrogate", SURROGATE)),
    "infinite": (b'{"name": 1e400}', invalid("/name", "not_finite", UNENDING)),
    "not a number": (b'{"name": NaN}', invalid("/name", "not_finite", UNENDING)),
    "65 bits": (
        b'{"name": 9223372036854775808}',
        invalid("/name", "integer_too_large", "An integer has at most 64 bits."),
    ),
    "a list": (b"[]", invalid("", "invalid", "Invalid data. Expected a dictionary, but got list.")),
    "null": (b"null", invalid("", "null", "No data provided")),
    "empty": (b"", invalid("/name", "required", "This field is required.")),
    "wrong type": (
        b'{"name": {"en": "Wuhan"}}',
        invalid("/name", "not_a_string", "Give a text, in quotation marks."),
    ),
    "too long": (
        json.dumps({"name": "武" * 201}).encode(),
        invalid("/name", "max_length", "Ensure this field has no more than 200 characters."),
    ),
    "unknown member": (
        b'{"name": "Wuhan", "nmae_zh": "\xe6\xad\xa6\xe6\xb1\x89"}',
        invalid("/nmae_zh", "unknown_field", "There is no such field to set."),
    ),
    "not UTF-8": (b'{"name": "\xff"}', problem(400, "parse_error", f"{BODY}it is not UTF-8.")),
    "a key twice": (
        b'{"name": "Wuhan", "name": "Beijing"}',
        problem(400, "parse_error", f"{BODY}an object has the same key twice."),
    ),
    "cut off": (
        b'{"name": ',
        problem(400, "parse_error", f"{BODY}Expecting value: line 1 column 10 (char 9)."),
    ),
    "100,000 levels": (b"[" * 100_000, problem(400, "parse_error", f"{BODY}it is nested too deeply.")),
    "21 levels": (
        b"[" * 21 + b"]" * 21,
        problem(400, "body_too_large", "The body is nested too deeply or has too many values."),
    ),
    "1 MB": (
        b'{"name": "' + b"x" * 1_000_000 + b'"}',
        problem(400, "body_too_large", "The body is larger than 1000000 bytes."),
    ),
}


NO_SPAN = "Give a month such as 2026-06 or a day such as 2026-06-30."


@pytest.mark.parametrize("name", BODIES)
def test_a_bad_body_is_told_where_and_leaves_nothing(world: World, name: str) -> None:
    raw, expected = BODIES[name]

    answer = world.clients["owner"].post(LOCATIONS, raw, content_type="application/json")

    assert (answer.status_code, answer.json()) == (400, expected)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [row.name for row in Location.objects.all()] == ["Beijing"]


def test_a_body_that_is_not_json_is_refused_as_such(world: World) -> None:
    form = "application/x-www-form-urlencoded"

    answer = world.clients["owner"].generic("POST", LOCATIONS, "name=Wuhan", form)

    sentence = f'Unsupported media type "{form}" in request.'
    assert answer.json() == problem(415, "unsupported_media_type", sentence)


def test_an_answer_that_can_not_be_given_is_refused_as_such(world: World) -> None:
    answer = world.clients["owner"].get("/api/v1/locations/", headers={"Accept": "text/csv"})

    assert answer.json() == problem(406, "not_acceptable", "Could not satisfy the request Accept header.")


@pytest.mark.parametrize("pk", ["0", "-1", "x", "1.0", "%00", "１", "9" * 18, "9" * 19, "9" * 5000])
def test_a_path_that_names_no_row_is_not_found(world: World, pk: str) -> None:
    answer = world.clients["owner"].get(f"/api/v1/locations/{pk}/")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_text_is_kept_whole_in_one_form(world: World) -> None:
    written = "  e\u0301cole \u202eabc\u200b 𠮷\xa0武汉\n"

    answer = world.clients["owner"].post("/api/v1/locations/", {"name": written})

    assert answer.json()["name"] == "\xe9cole \u202eabc\u200b 𠮷\xa0武汉"  # NFC, trimmed


def _cursor(*values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(values, separators=(",", ":")).encode()).decode().rstrip("=")


CURSOR = "This cursor was not given out by this list: start without one."
NOON = "2026-06-01T12:00:00+00:00"
QUERIES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "page of none": (
        {"page_size": 0},
        invalid("/page_size", "page_size_invalid", "Give a number from 1 to 200."),
    ),
    "page of everything": (
        {"page_size": 10**9},
        invalid("/page_size", "page_size_invalid", "Give a number from 1 to 200."),
    ),
    "full-width": (
        {"page_size": "１"},
        invalid("/page_size", "page_size_invalid", "Give a number from 1 to 200."),
    ),
    "NUL": ({"track": "a\0b"}, invalid("/track", "nul", "NUL is not allowed.")),
    "not a number": ({"campaign": "NaN"}, invalid("/campaign", "invalid", "Enter a whole number.")),
    "a word": ({"campaign": "x"}, invalid("/campaign", "invalid", "Enter a whole number.")),
    "no such day": (
        {"graduates_after": "2026-02-30"},
        invalid("/graduates_after", "invalid", NO_SPAN),
    ),
    "no such year": (
        {"graduates_before": "10000-01-01"},
        invalid("/graduates_before", "invalid", NO_SPAN),
    ),
    "a number beyond every id": (
        {"campaign": "9" * 30},
        invalid("/campaign", "max_value", f"Ensure this value is less than or equal to {LARGEST_ID}."),
    ),
    "unknown choice": (
        {"state": "gone"},
        invalid(
            "/state",
            "invalid_choice",
            "Select a valid choice. gone is not one of the available choices.",
        ),
    ),
    **{
        f"cursor of {name}": ({"cursor": cursor}, invalid("/cursor", "cursor_invalid", CURSOR))
        for name, cursor in {
            "letters": "abc",
            "bytes": "____",
            "too few": _cursor(NOON),
            "too many": _cursor(NOON, 1, 1),
            "null": _cursor(NOON, None),
            "65 bits": _cursor(NOON, 2**63),
            "a fraction": _cursor(NOON, 1.5),
            "no zone": _cursor("2026-06-01T12:00:00", 1),
            "another spelling": _cursor("2026-06-01T12:00:00Z", 1),
            "an object": _cursor({}, []),
        }.items()
    },
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_bad_parameter_is_named(world: World, name: str) -> None:
    query, expected = QUERIES[name]

    answer = world.clients["owner"].get("/api/v1/applications/", query)

    assert (answer.status_code, answer.json()) == (400, expected)


@pytest.mark.parametrize("query", ["track=%ff", "track=%ed%a0%80", f"campaign={LARGEST_ID}"])
def test_a_parameter_that_fits_no_row_finds_none(world: World, query: str) -> None:
    answer = world.clients["owner"].get(f"/api/v1/applications/?{query}")

    assert (answer.status_code, answer.json()) == (200, {"results": [], "next": None})


@pytest.mark.parametrize("after", ["a", "-1", "1-1", "9" * 19, "1\n", "１"])
def test_a_bad_position_in_the_feed_is_named(world: World, after: str) -> None:
    answer = world.clients["owner"].get("/api/v1/events/", {"after": after})

    sentence = "This is no cursor of the feed: start without one."
    assert answer.json() == invalid("/after", "cursor_invalid", sentence)


@pytest.mark.parametrize("starts_after", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_an_instant_without_a_year_in_utc_is_named(world: World, starts_after: str) -> None:
    answer = world.clients["owner"].get("/api/v1/interviews/", {"starts_after": starts_after})

    expected = invalid("/starts_after", "invalid", "Enter a valid date/time.")
    assert (answer.status_code, answer.json()) == (400, expected)


@pytest.mark.parametrize("offset", ["+15:59", "-23:26"])  # PostgreSQL knows none of sixteen hours
def test_an_instant_may_have_any_offset(world: World, offset: str) -> None:
    query = {"starts_after": f"2126-06-01T12:00:00{offset}"}

    answer = world.clients["owner"].get("/api/v1/interviews/", query)

    assert (answer.status_code, answer.json()) == (200, {"results": [], "next": None})


@pytest.mark.parametrize(
    ("field", "day", "code", "sentence"),
    [
        ("opens_on", "0001-01-01", "min_value", "Ensure this value is greater than or equal to 2000-01-01."),
        ("closes_on", "9999-12-31", "max_value", "Ensure this value is less than or equal to 2199-12-31."),
    ],
)
def test_a_season_lies_within_centuries(world: World, field: str, day: str, code: str, sentence: str) -> None:
    season = {"slug": "s", "name": "S", "opens_on": "2026-01-01", "closes_on": "2026-12-31", field: day}

    answer = world.clients["owner"].post("/api/v1/campaigns/", season)

    assert (answer.status_code, answer.json()) == (400, invalid(f"/{field}", code, sentence))


def test_a_term_that_says_nothing_is_named(world: World) -> None:
    answer = world.clients["owner"].post("/api/v1/track-terms/", {"term": "compiler"})

    sentence = "A term needs a track unless it marks AI."
    assert (answer.status_code, answer.json()) == (400, invalid("/track", "invalid", sentence))

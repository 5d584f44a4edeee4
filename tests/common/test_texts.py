from __future__ import annotations

import pytest

from ats.common.texts import hides_something, shows_something
from tests.factories import a_client, an_account


@pytest.mark.parametrize(
    "text", ["", "   ", "\u3000", "\u200b", "\u200b \u2060", "\u3164", "\u2800", "\x07", "\u202e"]
)
def test_what_nobody_sees(text: str) -> None:
    assert not shows_something(text)


@pytest.mark.parametrize("text", ["李娜", "Li Na", "김민수", "O'Neil", "क्\u200dष", "👩\u200d💻"])
def test_what_people_are_called(text: str) -> None:
    assert (shows_something(text), hides_something(text)) == (True, False)


@pytest.mark.parametrize("text", ["Li\x00Na", "Li\u202eNa", "\u2066Li\u2069", "Li\x1bNa", "Li\x85Na"])
def test_what_hides_something(text: str) -> None:
    assert hides_something(text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("profile", "pointer"),
    [
        ({"basics": {"name": "\u200b\u3000"}}, "/basics/name"),
        ({"basics": {"name": "Li\u202eNa"}}, "/basics/name"),
        ({"basics": {"name": "Li Na"}, "education": [{"area": "Law\u202e"}]}, "/education/0/area"),
    ],
)
def test_a_profile_is_refused_at_the_door(profile: dict[str, object], pointer: str) -> None:
    answer = a_client(an_account()).put("/api/v1/me/profile/", profile)

    assert answer.status_code == 400
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["\u200b", "Li\u202eNa"])
def test_an_account_has_no_name_that_hides_something(name: str) -> None:
    answer = a_client(an_account()).patch("/api/v1/me/", {"name": name})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/name")

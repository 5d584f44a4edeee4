"""Nobody guesses a code, and nobody keeps the owner of a mailbox out by guessing or asking."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

from ats.common.errors import Refused
from ats.delivery.sending import drain
from ats.models import AccessToken, GuessBudget, LoginCode
from ats.people.guess_budget import LIMITS, LONGEST
from ats.people.login import AGAIN_AFTER, CODE_LIFE, LIVE_CODES, redeem_code, request_code
from tests.factories import a_client, a_member, an_account, an_organisation

EMAIL = "li.na@example.com"
(HOUR, PER_HOUR), *_ = LIMITS


def a_code(email: str = EMAIL) -> LoginCode:
    request_code(email=email, language="en")
    return LoginCode.objects.latest("pk")


def wrong(*rows: LoginCode) -> str:
    """Six digits that none of the codes has."""
    return next(digits for n in range(10) if (digits := f"{n:06}") not in {row.code for row in rows})


def guess(email: str, code: str) -> str:
    """What comes of it: "signed_in", or the code of the refusal."""
    try:
        redeem_code(email=email, code=code)
    except Refused as refused:
        return refused.code
    return "signed_in"


def guessed(age: timedelta, times: int) -> None:
    """So many wrong guesses at the mailbox were made that long ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO ats_guessbudget (email, guessed_at)
            VALUES (%s, array_fill(statement_timestamp() - %s::interval, ARRAY[%s]))""",
            [EMAIL, f"{age.total_seconds()} seconds", times],
        )


def test_each_longer_period_leaves_fewer_guesses_an_hour() -> None:
    rates = [limit / period.total_seconds() for period, limit in LIMITS]

    assert all(longer < shorter for shorter, longer in pairwise(rates))
    assert 10 <= PER_HOUR < 100


@pytest.mark.django_db
def test_from_sixty_addresses_no_more_is_guessed_than_from_one() -> None:
    row = a_code()
    tries = [{"email": EMAIL, "code": wrong(row)}] * 60 + [{"email": EMAIL, "code": row.code}]

    answers = [
        a_client().post("/api/v1/tokens/", body, REMOTE_ADDR=f"2001:db8::{number:x}")
        for number, body in enumerate(tries)
    ]

    refused = [(400, "code_invalid")] * PER_HOUR + [(429, "guesses_spent")] * (61 - PER_HOUR)
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == refused
    assert not AccessToken.objects.exists()


@pytest.mark.django_db
def test_a_dead_cache_opens_nothing(settings: Any) -> None:
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1"}}
    row = a_code()

    tries = [wrong(row)] * (PER_HOUR + 5) + [row.code]
    answers = [a_client().post("/api/v1/tokens/", {"email": EMAIL, "code": code}) for code in tries]

    assert [answer.status_code for answer in answers] == [400] * PER_HOUR + [429] * 6


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_instant_are_all_counted() -> None:
    row = a_code()

    def attempt(_number: int) -> str:
        try:
            return guess(EMAIL, wrong(row))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(attempt, range(PER_HOUR * 2)))

    assert outcomes.count("code_invalid") == PER_HOUR
    assert outcomes.count("guesses_spent") == PER_HOUR


@pytest.mark.django_db
@pytest.mark.parametrize(("period", "limit"), LIMITS)
def test_the_guesses_of_a_period_are_spent_until_it_is_over(period: timedelta, limit: int) -> None:
    row = a_code()
    guessed(period - timedelta(minutes=1), times=limit)
    spent = guess(EMAIL, row.code)
    GuessBudget.objects.all().delete()
    guessed(period + timedelta(minutes=1), times=limit)

    after = guess(EMAIL, row.code)

    later = [longer for longer, most in LIMITS if longer > period and most <= limit]
    assert (spent, after) == ("guesses_spent", "guesses_spent" if later else "signed_in")


@pytest.mark.django_db
def test_a_right_code_is_no_guess() -> None:
    outcomes = [guess(EMAIL, a_code().code) for _ in range(PER_HOUR + 1)]

    assert outcomes == ["signed_in"] * (PER_HOUR + 1)


@pytest.mark.django_db
def test_what_is_too_old_to_count_is_not_kept() -> None:
    guessed(LONGEST + timedelta(minutes=1), times=150)

    guess(EMAIL, wrong(a_code()))

    assert len(GuessBudget.objects.get().guessed_at) == 1


@pytest.mark.django_db
def test_the_long_code_opens_whatever_strangers_have_guessed() -> None:
    row = a_code()
    guessed(timedelta(), times=PER_HOUR)
    spellings = [row.code, row.long_code.lower().replace("-", "")]

    answers = [a_client().post("/api/v1/tokens/", {"email": EMAIL, "code": code}) for code in spellings]

    assert [answer.status_code for answer in answers] == [429, 201]


@pytest.mark.django_db
def test_a_wrong_long_code_opens_nothing_and_spends_nothing() -> None:
    row = a_code()
    another = "".join("B" if letter == "A" else "A" for letter in row.long_code)

    outcomes = [guess(EMAIL, another), guess(EMAIL, row.long_code), guess(EMAIL, row.long_code)]

    assert outcomes == ["code_invalid", "signed_in", "code_invalid"]
    assert not GuessBudget.objects.exists()


@pytest.mark.django_db
def test_the_mail_names_both_spellings() -> None:
    row = a_code()

    drain()

    [sent] = mail.outbox
    assert row.code in str(sent.body)
    assert row.long_code in str(sent.body)


@pytest.mark.django_db
def test_a_stranger_who_asks_all_the_time_leaves_the_owner_a_good_code() -> None:
    """Five times a minute for as long as a code lives; then the owner asks."""
    for _ in range(int(CODE_LIFE.total_seconds() / 12)):
        request_code(email=EMAIL, language="en")
        an_age_passes(timedelta(seconds=12))
    asked = a_client().post("/api/v1/codes/", {"email": EMAIL})

    newest = LoginCode.objects.filter(expires_at__gt=Now() + CODE_LIFE - AGAIN_AFTER).latest("pk")
    assert (asked.status_code, guess(EMAIL, newest.code)) == (202, "signed_in")
    assert LIVE_CODES < LoginCode.objects.count() <= LIVE_CODES + CODE_LIFE / AGAIN_AFTER


def an_age_passes(age: timedelta) -> None:
    LoginCode.objects.update(created_at=F("created_at") - age, expires_at=F("expires_at") - age)


@pytest.mark.django_db
def test_a_mailbox_with_enough_good_codes_gets_no_more_for_now() -> None:
    for _ in range(LIVE_CODES + 3):
        request_code(email=EMAIL, language="en")

    assert LoginCode.objects.count() == LIVE_CODES


@pytest.mark.django_db(transaction=True)
def test_codes_asked_for_at_the_same_instant_are_all_counted() -> None:
    def ask(_number: int) -> None:
        request_code(email=EMAIL, language="en")
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(24)))

    assert LoginCode.objects.count() == LIVE_CODES


@pytest.mark.django_db
@pytest.mark.parametrize("stale", ["intake_0123_expired", "nonsense"])
def test_a_client_whose_token_has_ended_signs_in_again(stale: str) -> None:
    member = a_member(an_organisation()).account
    client = a_client()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {stale}")

    asked = client.post("/api/v1/codes/", {"email": member.email})
    code = LoginCode.objects.latest("pk").code
    answer = client.post("/api/v1/tokens/", {"email": member.email, "code": code})

    assert (asked.status_code, answer.status_code) == (202, 201)
    assert client.get("/api/v1/tokens/").status_code == 401


@pytest.mark.django_db
def test_a_known_and_an_unknown_mailbox_have_the_same_budget() -> None:
    an_account(email=EMAIL)

    outcomes = {
        email: [guess(email, "000000") for _ in range(PER_HOUR + 1)] for email in (EMAIL, "no@example.com")
    }

    assert outcomes[EMAIL] == outcomes["no@example.com"] == ["code_invalid"] * PER_HOUR + ["guesses_spent"]

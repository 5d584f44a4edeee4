from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from ats.models import AccessToken, Account
from ats.people.access_tokens import issue_token, renew_token, revoke_token, token_for
from tests.factories import a_client, an_account

pytestmark = pytest.mark.django_db


def test_a_token_opens_its_account_and_its_secret_is_kept_nowhere() -> None:
    account = an_account()
    token, secret = issue_token(account=account, name="laptop")

    found = token_for(secret)

    assert found == token
    assert found is not None
    assert found.account == account
    own = secret.split("_", 2)[2]
    assert bytes(token.digest) == hashlib.sha256(own.encode()).digest()


def revoked(token: AccessToken) -> None:
    revoke_token(by=token.account, token=token)


def expired(token: AccessToken) -> None:
    AccessToken.objects.filter(pk=token.pk).update(expires_at=Now() - timedelta(seconds=1))


def of_nobody(token: AccessToken) -> None:
    Account.objects.filter(pk=token.account_id).update(is_active=False)


@pytest.mark.parametrize("end", [revoked, expired, of_nobody])
def test_a_token_that_has_ended_opens_nothing(end: Callable[[AccessToken], None]) -> None:
    token, secret = issue_token(account=an_account())
    end(token)

    assert token_for(secret) is None


@pytest.mark.parametrize("change", [lambda s: s[:-1], lambda s: s + "x", lambda s: s.upper(), lambda s: ""])
def test_a_token_that_was_altered_opens_nothing(change: Callable[[str], str]) -> None:
    _token, secret = issue_token(account=an_account())

    assert token_for(change(secret)) is None


def test_nobody_revokes_the_token_of_another() -> None:
    token, secret = issue_token(account=an_account())

    revoke_token(by=an_account(), token=token)

    assert token_for(secret) == token


def test_a_revoked_token_is_refused_at_the_next_request() -> None:
    client = a_client(an_account())
    [token] = client.get("/api/v1/tokens/").json()["results"]

    ended = client.delete(f"/api/v1/tokens/{token['id']}/")

    assert (ended.status_code, client.get("/api/v1/me/").status_code) == (204, 401)


def test_a_token_is_renewed_for_thirty_days_and_keeps_its_secret() -> None:
    token, secret = issue_token(account=an_account())
    AccessToken.objects.update(expires_at=Now() + timedelta(minutes=1))
    client = a_client()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")

    answer = client.post(f"/api/v1/tokens/{token.pk}/renew/")

    token.refresh_from_db()
    assert (answer.status_code, client.get("/api/v1/me/").status_code) == (200, 200)
    assert timedelta(days=29) < token.expires_at - timezone.now() <= timedelta(days=30)


def test_a_token_ends_a_year_after_its_issue_however_often_it_is_renewed() -> None:
    token, _secret = issue_token(account=an_account())
    AccessToken.objects.update(created_at=Now() - timedelta(days=360))

    renewed = renew_token(by=token.account, token=token)

    assert renewed.expires_at - renewed.created_at == timedelta(days=365)


@pytest.mark.parametrize("end", [revoked, expired])
def test_a_token_that_has_ended_is_not_renewed(end: Callable[[AccessToken], None]) -> None:
    token, secret = issue_token(account=an_account())
    end(token)

    answer = a_client(token.account).post(f"/api/v1/tokens/{token.pk}/renew/")

    assert (answer.status_code, answer.json()["code"]) == (409, "token_ended")
    assert token_for(secret) is None


def test_who_uses_a_token_was_seen_that_day() -> None:
    account = an_account()
    _token, secret = issue_token(account=account)
    Account.objects.update(last_seen_at=Now() - timedelta(days=2))

    token_for(secret)

    account.refresh_from_db()
    assert timezone.now() - account.last_seen_at < timedelta(minutes=5)

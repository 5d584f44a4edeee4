"""Somebody who has used everything that leaves personal data behind."""

from __future__ import annotations

from rest_framework.test import APIClient

from ats.models import Account, Posting
from ats.people.login import request_code
from tests.factories import a_client, an_account

PROFILE = {
    "basics": {"name": "李娜 Vasquez-Marker", "phone": "+86 139 0000 4711"},
    "education": [
        {"institution": "Marker College", "area": "Marker studies", "endDate": "2026-06"},
    ],
}
# The telephone number twice: as written, and as it is looked up.
MARKS = ("李娜", "vasquez", "marker", "139 0000 4711", "13900004711")
AGREED = [{"purpose": "talent_pool", "version": "2026-09-01"}]


def somebody_who_applied(posting: Posting) -> tuple[Account, APIClient]:
    account = an_account(email="li.na.marker@example.com", name="李娜", profile=PROFILE)
    request_code(email=account.email, language="en")
    client = a_client(account)
    answer = client.post(
        "/api/v1/me/applications/", {"posting": posting.pk}, headers={"Idempotency-Key": "marker"}
    )
    assert answer.status_code == 201, answer.json()
    return account, client

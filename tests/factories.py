"""Rows for tests: each function makes one with believable defaults, and what it stands on."""

from __future__ import annotations

import hashlib
import itertools
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from rest_framework.test import APIClient

from ats.common.months import span_named
from ats.models import (
    Account,
    Application,
    Campaign,
    Candidate,
    Degree,
    Education,
    Institution,
    Membership,
    Organisation,
    Pipeline,
    Posting,
    PostingState,
    Region,
    Resume,
    Role,
    Stage,
    Track,
)
from ats.organisations.setup import create_organisation
from ats.people.access_tokens import issue_token

_numbers = itertools.count(1)


def an_account(**facts: Any) -> Account:
    number = next(_numbers)
    return Account.objects.create(**{"email": f"person{number}@example.com", **facts})


def an_organisation(**facts: Any) -> Organisation:
    number = next(_numbers)
    named = {"slug": f"employer-{number}", "name": f"Employer {number}", **facts}
    return create_organisation(by=an_account(), **named)


def a_member(organisation: Organisation, role: Role = Role.RECRUITER) -> Membership:
    return Membership.objects.create(organisation=organisation, account=an_account(), role=role)


def a_campaign(organisation: Organisation, **facts: Any) -> Campaign:
    """Open now, for another month."""
    today = date.today()  # noqa: DTZ011  (a wide window around any zone's today)
    days = {"opens_on": today - timedelta(days=30), "closes_on": today + timedelta(days=30)}
    named = {"slug": f"season-{next(_numbers)}", "name": "Summer internships"}
    return Campaign.objects.create(organisation=organisation, **{**named, **days, **facts})


def a_posting(organisation: Organisation, **facts: Any) -> Posting:
    """Open, on the organisation's default pipeline and its first track."""
    defaults = {
        "title": f"Backend engineer {next(_numbers)}",
        "state": PostingState.OPEN,
        "campaign": facts.get("campaign") or a_campaign(organisation),
        "track": facts.get("track") or Track.objects.for_org(organisation).earliest("position"),
        "pipeline": Pipeline.objects.for_org(organisation).get(is_default=True),
    }
    return Posting.objects.create(organisation=organisation, **{**defaults, **facts})


def a_candidate(organisation: Organisation, **facts: Any) -> Candidate:
    number = next(_numbers)
    named = {"name": f"Candidate {number}", "email": f"candidate{number}@example.com"}
    return Candidate.objects.create(organisation=organisation, **{**named, **facts})


def an_education(candidate: Candidate, **facts: Any) -> Education:
    """The latest one; the candidate is found by its school."""
    facts = {"graduation": "2026-06", **facts}
    defaults = {"degree": Degree.BACHELOR, "is_latest": True, **_graduation(facts)}
    if school := facts.get("institution_name"):
        candidate.schools = school
        candidate.save()
    return Education.objects.create(candidate=candidate, **{**defaults, **facts})


def an_application(posting: Posting, candidate: Candidate | None = None, **facts: Any) -> Application:
    """At the first stage of the posting's pipeline."""
    defaults = {
        **_graduation(facts),
        "campaign": posting.campaign,
        "track": posting.track,
        "candidate": candidate or a_candidate(posting.organisation),
        "stage": Stage.objects.filter(pipeline=posting.pipeline).earliest("position"),
    }
    return Application.objects.create(
        organisation=posting.organisation, posting=posting, **{**defaults, **facts}
    )


def _graduation(facts: dict[str, Any]) -> dict[str, date | None]:
    """Takes `graduation`, a month or a day as people write it or None, out of `facts`: the two columns."""
    span = span_named(facts.pop("graduation", None) or "")
    return {"graduates_from": span and span.first, "graduates_until": span and span.last}


def an_institution(**facts: Any) -> Institution:
    number = next(_numbers)
    defaults = {"name": f"University {number}", "country": "CN", "region": Region.MAINLAND}
    return Institution.objects.create(**{**defaults, **facts})


def a_resume(account: Account | None = None, **facts: Any) -> Resume:
    """Plain text with a name, still to be read; nobody is told that it waits."""
    content = f"Li Na {next(_numbers)}".encode()
    defaults = {
        "account": account or an_account(),
        "file": ContentFile(content, "cv.txt"),
        "name": "cv.txt",
        "kind": "txt",
        "size": len(content),
        "sha256": hashlib.sha256(content).digest(),
    }
    return Resume.objects.create(**{**defaults, **facts})


def a_client(account: Account | None = None) -> APIClient:
    """An API client that bears a token of `account`; nobody's without one."""
    client = APIClient()
    if account is not None:
        _token, secret = issue_token(account=account)
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client

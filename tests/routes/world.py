"""The rows that the route walk visits, and who visits them."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils.timezone import now
from rest_framework.test import APIClient

from ats.applications.moves import move_applications
from ats.models import (
    Account,
    Application,
    Candidate,
    Department,
    Location,
    LoginCode,
    Membership,
    Move,
    Offer,
    OfferState,
    Organisation,
    Pipeline,
    RejectionReason,
    Role,
    Stage,
    Track,
    TrackTerm,
    Transition,
)
from ats.people.access_tokens import issue_token
from ats.people.login import request_code
from backend.mailbox import MaildirBackend
from tests.factories import (
    a_campaign,
    a_candidate,
    a_client,
    a_member,
    a_posting,
    an_account,
    an_application,
    an_organisation,
)
from tests.routes.notation import CANDIDATES, MEMBERS, Route
from tests.routes.rows import delivery, interviews, own, team
from tests.routes.rows.scene import Scene

ABSENT = 999_999_999_999
PROFILE = {"basics": {"name": "Li Na"}}


@dataclass(frozen=True)
class World:
    """One organisation with a row of everything; `ids` by the path segment that lists such rows.

    Nothing refers to the rows that can be deleted.
    """

    organisation: Organisation
    accounts: dict[str, Account]
    clients: dict[str, APIClient]
    ids: dict[str, Any]

    def address(self, line: str) -> str:
        """The path with the ids of this world's rows."""
        path, mark, query = line.partition("?")
        named = re.compile(r"([\w-]+)/<\w+(?:=([\w-]+))?>")
        path = named.sub(lambda found: f"{found[1]}/{self.ids[found[2] or found[1]]}", path)
        return path + mark + re.sub("<([^>]+)>", lambda found: str(self.ids[found[1]]), query)

    def body(self, value: Any) -> Any:
        """A declared body with the ids of this world's rows."""
        if isinstance(value, dict):
            return {key: self.body(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.body(inner) for inner in value]
        return self.ids[value[1:-1]] if re.fullmatch("<.+>", str(value)) else value

    def content(self, route: Route) -> tuple[str, str]:
        """The route's body as sent, and its media type."""
        if route.body is None:
            return "", "application/octet-stream"
        if isinstance(route.body, bytes):
            sent = SimpleUploadedFile("cv.txt", route.body)
            return encode_multipart(BOUNDARY, {"file": sent}).decode(), MULTIPART_CONTENT
        body = self.body(route.body)
        if any(isinstance(value, bytes) for value in body.values()):
            files = {
                key: SimpleUploadedFile("list.csv", value) if isinstance(value, bytes) else value
                for key, value in body.items()
            }
            return encode_multipart(BOUNDARY, files).decode(), MULTIPART_CONTENT
        return json.dumps(body), "application/json"


def a_world() -> World:
    organisation = an_organisation()
    accounts = {
        **{role: a_member(organisation, Role(role)).account for role in MEMBERS},
        **{name: an_account(profile=PROFILE) for name in CANDIDATES},
        "stranger": Membership.objects.get(organisation=an_organisation()).account,
    }
    clients = {name: a_client(account) for name, account in accounts.items()} | {"nobody": a_client()}
    ids = {**_catalogue(organisation), **_season(organisation, accounts), **_site(accounts["candidate"])}
    ids |= _offers(organisation, accounts["candidate"])
    scene = Scene(organisation, accounts, ids)
    for add in (interviews.add, team.add, own.add, delivery.add):
        ids |= add(scene)
    return World(organisation, accounts, clients, ids)


def _catalogue(organisation: Organisation) -> dict[str, int]:
    tracks = Track.objects.for_org(organisation)
    return {
        "memberships": a_member(organisation).pk,
        "campaigns": a_campaign(organisation).pk,
        "tracks": tracks.latest("position").pk,
        "track-terms": TrackTerm.objects.for_org(organisation).earliest("pk").pk,
        "locations": Location.objects.create(organisation=organisation, name="Beijing").pk,
        "rejection-reasons": RejectionReason.objects.for_org(organisation).earliest("position").pk,
        "departments": Department.objects.create(organisation=organisation, name="Research").pk,
    }


def _a_spare_pipeline(organisation: Organisation) -> Pipeline:
    """With stages that lead to each other, as the declared documents have them."""
    owned = {"organisation": organisation}
    pipeline = Pipeline.objects.create(**owned, name="Fairs")
    applied, hired = (
        Stage.objects.create(
            **owned, pipeline=pipeline, kind=kind, name=kind.title(), public_name=kind.title(), position=n
        )
        for n, kind in enumerate(("applied", "hired"))
    )
    Transition.objects.create(**owned, from_stage=applied, to_stage=hired)
    return pipeline


def _season(organisation: Organisation, accounts: dict[str, Account]) -> dict[str, int]:
    posting, spare = a_posting(organisation), a_posting(organisation)
    candidate = a_candidate(organisation, account=accounts["candidate"])
    screening = _at(organisation, "Screening")
    return {
        "postings": spare.pk,
        "pipelines": _a_spare_pipeline(organisation).pk,
        "stages": screening.pk,
        "candidates": candidate.pk,
        "applications": an_application(posting, candidate).pk,
        "moves": _a_move(an_application(posting), screening).pk,
    }


def _a_move(application: Application, to_stage: Stage) -> Move:
    organisation = application.organisation
    return move_applications(by=a_member(organisation), applications=[application.pk], to_stage=to_stage.pk)[
        0
    ]


def _offers(organisation: Organisation, account: Account) -> dict[str, int]:
    """A draft, one that may be extended, and one that the candidate may answer."""
    candidate = Candidate.objects.get(organisation=organisation, account=account)
    hopeful, *others = [
        an_application(a_posting(organisation), candidate, stage=_at(organisation, "Offer")) for _ in range(4)
    ]
    draft, approved, extended = (Offer(organisation=organisation, application=row) for row in others)
    approved.state = OfferState.APPROVED
    extended.state, extended.deadline = OfferState.EXTENDED, now() + timedelta(days=7)
    Offer.objects.bulk_create([draft, approved, extended])
    return {"offers": draft.pk, "approved": approved.pk, "extended": extended.pk, "hopeful": hopeful.pk}


def _at(organisation: Organisation, stage: str) -> Stage:
    return Stage.objects.for_org(organisation).get(pipeline__is_default=True, name=stage)


def _site(candidate: Account) -> dict[str, Any]:
    request_code(email=f"new{candidate.pk}@example.com", language="en")
    asked = LoginCode.objects.latest("pk")
    return {
        "email": asked.email,
        "code": asked.code,
        "tokens": issue_token(account=candidate)[0].pk,
        "mailbox": _a_letter(),
    }


def _a_letter() -> str:
    """The key of the only letter in the mailbox."""
    shutil.rmtree(settings.MAILBOX_DIR, ignore_errors=True)
    MaildirBackend().send_messages([EmailMessage("Hello", "Hello", to=["li.na@example.com"])])
    return str(a_client().get("/mailbox/messages.json").json()["messages"][0]["key"])

"""The demo season: three invented employers with their people and postings, from `fixtures/season/`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from ats.eligibility.saving import Scope, draft_rules, save_rules
from ats.errors import Conflict
from ats.leaves.reference import reference
from ats.memberships import add_member
from ats.models import (
    Account,
    Campaign,
    Membership,
    Organisation,
    PostingState,
    Track,
)
from ats.organisations import create_organisation
from ats.postings import create_posting, set_posting_state
from ats.seasons.institutions import load_institutions
from ats.seasons.progress import Progress, quiet
from ats.seasons.texts import facts_of, locations_of, rules_of, window_of

EMPLOYERS = ("suhu", "panzhou", "shansui")
FEED = "demo"

# How a new posting, which is a draft, comes to the state that the season gives it.
STEPS_TO: dict[str, tuple[PostingState, ...]] = {
    PostingState.DRAFT: (),
    PostingState.OPEN: (PostingState.OPEN,),
    PostingState.PAUSED: (PostingState.OPEN, PostingState.PAUSED),
}


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody of the demo. There is no password: the code that they ask for comes by e-mail.

    `role` is that of a member, or "candidate", who has no `organisation`.
    """

    email: str
    name: str
    role: str
    organisation: str
    language: str


def logins() -> list[Login]:
    """All who may sign in to the demo: each employer's members, then the candidates."""
    members = [
        Login(**person, organisation=season["organisation"]["slug"])
        for season in map(_season, EMPLOYERS)
        for person in season["people"]
    ]
    candidates = [
        Login(row["email"], row["profile"]["basics"]["name"], "candidate", "", row["language"])
        for row in _season("candidates")["candidates"]
    ]
    return members + candidates


@transaction.atomic
def load_demo(*, progress: Progress = quiet) -> int:
    """Load what is not there yet and answer how many postings that made; all of it, or nothing.

    An employer that is there is left as it is, whatever people have done to it since. Raises
    Conflict("slug_taken") when an organisation that is no demo has the name of one.
    """
    load_institutions()
    _add_candidates()
    return sum(_load_employer(_season(name), progress) for name in EMPLOYERS)


def _season(name: str) -> dict[str, Any]:
    return reference(f"season/{name}")


def _add_candidates() -> None:
    for row in _season("candidates")["candidates"]:
        Account.objects.for_email(
            row["email"],
            name=row["profile"]["basics"]["name"],
            language=row["language"],
            profile=row["profile"],
        )


def _load_employer(season: dict[str, Any], progress: Progress) -> int:
    slug = season["organisation"]["slug"]
    found = Organisation.objects.filter(slug=slug).first()
    if found and not found.is_demo:
        raise Conflict("slug_taken", f"The organisation {slug} is not a demo.", field="slug")
    if found:
        return 0
    owner = _add_people(season)
    campaigns = {row["slug"]: _add_campaign(owner, row) for row in season["campaigns"]}
    windows = {row["slug"]: window_of(row) for row in season["campaigns"]}
    for row in progress(season["postings"], doing=owner.organisation.name):
        _add_posting(owner, campaigns[row["campaign"]], windows[row["campaign"]], row)
    return len(season["postings"])


def _add_people(season: dict[str, Any]) -> Membership:
    """The organisation with its members; the owner's membership."""
    facts = {key: season["organisation"][key] for key in ("slug", "name", "name_zh")}
    first, *others = season["people"]
    organisation = create_organisation(by=_account(first), is_demo=True, **facts)
    owner = Membership.objects.for_org(organisation).get()
    for person in others:
        _account(person)
        add_member(by=owner, email=person["email"], role=person["role"])
    return owner


def _account(person: dict[str, str]) -> Account:
    facts = {key: person[key] for key in ("name", "language")}
    return Account.objects.for_email(person["email"], **facts)[0]


def _add_campaign(owner: Membership, row: dict[str, Any]) -> Campaign:
    opens_on = localdate() - timedelta(days=row["opened_days_ago"])
    campaign = Campaign.objects.create(
        organisation=owner.organisation,
        slug=row["slug"],
        name=row["name"],
        name_zh=row["name_zh"],
        time_zone=row["time_zone"],
        opens_on=opens_on,
        closes_on=opens_on + timedelta(days=row["open_for_days"]),
    )
    _add_rules(owner, campaign, row)
    return campaign


def _add_rules(owner: Membership, scope: Scope, row: dict[str, Any]) -> None:
    if tree := rules_of(row):
        leave = {name: row[name] for name in ("relaxable", "relaxes") if name in row}
        save_rules(by=owner, draft=draft_rules(by=owner, scope=scope, tree=tree, **leave))


def _add_posting(owner: Membership, campaign: Campaign, graduation: str, row: dict[str, Any]) -> None:
    posting = create_posting(
        by=owner,
        campaign=campaign,
        track=Track.objects.for_org(owner.organisation).get(code=row["track"]),
        locations=locations_of(owner.organisation, row["locations"]),
        graduation=graduation,
        head_count=row["head_count"],
        external_id=row["reference"],
        feed=FEED,
        **facts_of(row),
    )
    _add_rules(owner, posting, row)
    for state in STEPS_TO[row.get("state", PostingState.OPEN)]:
        set_posting_state(by=owner, posting=posting, state=state)

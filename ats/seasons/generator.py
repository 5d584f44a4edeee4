"""Generating a season of any size. The same plan gives the same rows, but for ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from ats.errors import Conflict, Invalid
from ats.leaves.reference import reference
from ats.memberships import add_member
from ats.models import (
    Account,
    Campaign,
    Membership,
    Organisation,
    Posting,
    Role,
)
from ats.organisations import create_organisation
from ats.seasons.choices import Choices, Filing, share_out
from ats.seasons.institutions import load_institutions
from ats.seasons.loading import load
from ats.seasons.openings import open_postings, places_of
from ats.seasons.people import People, Person
from ats.seasons.progress import Progress, quiet
from ats.seasons.weighted import stream

PER_PERSON = 2.5  # applications, unless the number of candidates is given
RECRUITERS = 5  # of an organisation that is made for the season


@dataclass(frozen=True, slots=True)
class Plan:
    """What to generate. `organisation` is a slug; one that does not exist is made, as a demo."""

    organisation: str
    postings: int
    applications: int
    candidates: int
    seed: int

    @property
    def campaign(self) -> str:
        """The slug of the season; an organisation holds one per seed."""
        return f"season-{self.seed}"


def plan_season(
    *,
    postings: int,
    applications: int,
    seed: int,
    organisation: str | None = None,
    candidates: int | None = None,
) -> Plan:
    """A plan that can be carried out.

    Raises Invalid("postings_too_few") and Invalid("candidates_out_of_range"): everybody applies at
    least once, and at most once at each posting.
    """
    if postings < 1:
        raise Invalid("postings_too_few", _("A season has at least one posting."), field="postings")
    most = _most_per_person(postings)
    least = -(-applications // most)
    usual = max(round(applications / PER_PERSON), least)
    people = usual if candidates is None else candidates
    if not least <= people <= applications:
        sentence = _("%(applications)s applications need %(least)s to %(applications)s candidates.")
        facts = {"applications": applications, "least": least}
        raise Invalid("candidates_out_of_range", sentence % facts, field="candidates", **facts)
    return Plan(organisation or f"season-{seed}", postings, applications, people, seed)


def _most_per_person(postings: int) -> int:
    most: int = reference("generator")["applications"]["most_per_person"]
    return min(most, postings)


@transaction.atomic
def make_season(plan: Plan, *, progress: Progress = quiet) -> Campaign:
    """Generate the season, all of it or, when interrupted, nothing.

    Its notices count as sent long ago: no delivery is made. Raises Conflict("season_exists"), and
    Conflict("not_a_demo") so that made-up people never mix with real ones.
    """
    organisation = check(plan) or _new_organisation(plan.organisation)
    owner = Membership.objects.for_org(organisation).filter(role=Role.OWNER).earliest("id")
    load_institutions()
    campaign = _add_campaign(owner, plan)
    postings = open_postings(stream(plan.seed, "postings"), by=owner, campaign=campaign, count=plan.postings)
    load(_people(plan, postings), by=owner, postings=postings, progress=progress)
    return campaign


def check(plan: Plan) -> Organisation | None:
    """The organisation that the season would be added to; None when it is still to be made.

    Raises what `make_season` does.
    """
    organisation = Organisation.objects.filter(slug=plan.organisation).first()
    if organisation is None:
        return None
    facts = {"organisation": plan.organisation, "campaign": plan.campaign}
    if not organisation.is_demo:
        sentence = _("The organisation %(organisation)s is not a demo: it takes no made-up people.")
        raise Conflict("not_a_demo", sentence % facts, field="organisation")
    if Campaign.objects.for_org(organisation).filter(slug=plan.campaign).exists():
        sentence = _("%(organisation)s has %(campaign)s already: choose another seed.")
        raise Conflict("season_exists", sentence % facts, field="seed")
    return organisation


def _new_organisation(slug: str) -> Organisation:
    host = f"{slug}.example"
    account, _created = Account.objects.for_email(f"owner@{host}", name="Owner")
    organisation = create_organisation(by=account, slug=slug, name=slug, is_demo=True)
    owner = Membership.objects.for_org(organisation).get()
    for number in range(1, RECRUITERS + 1):
        add_member(by=owner, email=f"recruiter{number}@{host}", role=Role.RECRUITER)
    return organisation


def _add_campaign(owner: Membership, plan: Plan) -> Campaign:
    calendar = reference("generator")["calendar"]
    return Campaign.objects.create(
        organisation=owner.organisation,
        slug=plan.campaign,
        name=f"Generated season {plan.seed}",
        name_zh=f"生成的招聘季 {plan.seed}",
        **{key: calendar[key] for key in ("time_zone", "opens_on", "closes_on")},
    )


def _people(plan: Plan, postings: list[Posting]) -> Iterator[tuple[Person, list[Filing]]]:
    """One person after the other with what they file."""
    people = People(stream(plan.seed, "people"))
    choices = Choices(stream(plan.seed, "choices"), places_of(postings))
    counts = share_out(
        stream(plan.seed, "counts"),
        applications=plan.applications,
        people=plan.candidates,
        most=_most_per_person(plan.postings),
    )
    for count in counts:
        person = people.make()
        yield person, list(choices.make(person, count))

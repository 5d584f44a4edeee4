"""Anybody's question: would this take me? What is given is judged and forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from ats.common.disciplines import discipline_of
from ats.common.errors import NotFound
from ats.eligibility.facts import Source, of_profile, of_stated
from ats.eligibility.rule_book import effective_rules, today_of
from ats.eligibility.verdicts.document import Document
from ats.eligibility.verdicts.judge import judge
from ats.eligibility.verdicts.matchers import matcher_of
from ats.eligibility.verdicts.matching import MatchReport
from ats.models import Account, Campaign, Organisation, Posting
from ats.models.facts import FACTS
from ats.people.institutions import Mention, recognise

Given = Mapping[str, Any]


def check_posting(facts: Given, *, posting: int) -> Document:
    """The verdict of an open posting on what somebody says. Raises NotFound("posting_not_found")."""
    rows = effective_rules(Posting.objects.accepting().filter(pk=posting))
    if not rows:
        raise NotFound("posting_not_found", _("There is no such posting."), field="posting")
    return judge(rows[0], stated(facts, organisation=rows[0].posting.organisation_id))


def check_campaign(facts: Given, *, organisation: str, campaign: str) -> MatchReport:
    """What the open postings of a campaign say to that, newest first.

    Raises NotFound("campaign_not_found").
    """
    found = Campaign.objects.filter(organisation__slug=organisation, slug=campaign).first()
    postings = Posting.objects.accepting().filter(campaign=found)
    if found is None or not postings.exists():
        sentence = _("There is no such campaign, or it takes no applications now.")
        raise NotFound("campaign_not_found", sentence, field="campaign")
    matcher = matcher_of(postings, [found])
    return matcher.match(stated(facts, organisation=found.organisation_id))


def match_profile(account: Account, *, organisation: str, campaign: str | None = None) -> MatchReport:
    """What an organisation's open postings say to somebody as their profile is now, newest first.

    Raises NotFound("organisation_not_found").
    """
    employer = Organisation.objects.filter(slug=organisation).first()
    if employer is None:
        sentence = _("There is no such organisation.")
        raise NotFound("organisation_not_found", sentence, field="organisation")
    postings = Posting.objects.accepting().for_org(employer)
    if campaign is not None:
        postings = postings.filter(campaign__slug=campaign)
    campaigns = list(Campaign.objects.filter(pk__in=postings.values("campaign")).order_by("pk"))
    if not campaigns:
        return MatchReport()
    on = max(map(today_of, campaigns))
    return matcher_of(postings, campaigns).match(of_profile(account, employer, on=on))


def stated(facts: Given, *, organisation: int) -> Source:
    """The relation of facts that a person states, to be judged by an organisation's rules.

    `facts` fit the schemas of the table of facts. `institution` is a name, an alias or an address;
    `applications` name postings by id, and those to other organisations do not matter.
    """
    plain = {name: FACTS[name].given(value) for name, value in facts.items()}
    found = _school(facts) | _major(facts) | _applications(facts, organisation)
    return of_stated([plain | {"institution": None} | found])


def _school(facts: Given) -> dict[str, Any]:
    country = facts.get("country", "")
    (school,) = recognise([Mention(facts.get("institution", ""), country=country)])
    if school is None:
        return {"country": country or None}
    return {"institution": school.pk, "country": school.country, "tiers": school.tiers}


def _major(facts: Given) -> dict[str, Any]:
    major = facts.get("major", "")
    return {"major": major.lower() or None, "discipline": discipline_of(major) or None}


def _applications(facts: Given, organisation: int) -> dict[str, Any]:
    if "applications" not in facts:
        return {}
    rows = facts["applications"]  # to one posting perhaps several: each counts
    postings = Posting.objects.filter(organisation=organisation).in_bulk({row["posting"] for row in rows})
    known = [(row, postings[row["posting"]]) for row in rows if row["posting"] in postings]
    return {"applications": [_past(row, posting) for row, posting in known]}


def _past(row: Given, posting: Posting) -> dict[str, str | int | None]:
    return {
        "campaign": posting.campaign_id,
        "department": posting.department_id,
        "applied_on": row["applied_on"],
        "state": row["state"],
        "ended_on": row.get("ended_on"),
        "interviewed_on": row.get("interviewed_on"),
    }

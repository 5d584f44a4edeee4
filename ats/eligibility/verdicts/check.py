"""Anybody's question: would this take me? What is given is judged and forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ats.common.disciplines import discipline_of
from ats.common.errors import NotFound
from ats.eligibility.facts import Source, of_given
from ats.eligibility.rule_book import effective_rules
from ats.eligibility.verdicts.document import Document
from ats.eligibility.verdicts.judge import judge
from ats.eligibility.verdicts.matching import MatchReport, match_postings
from ats.models import Campaign, Posting
from ats.people.institutions import Mention, recognise

Given = Mapping[str, Any]


def check_posting(facts: Given, *, posting: int) -> Document:
    """The verdict of an open posting on what somebody says. Raises NotFound("posting_not_found")."""
    rows = effective_rules(Posting.objects.accepting().filter(pk=posting))
    if not rows:
        raise NotFound("posting_not_found", _("There is no such posting."), field="posting")
    return judge(rows[0], given(facts, organisation=rows[0].posting.organisation_id))


def check_campaign(facts: Given, *, organisation: str, campaign: str) -> MatchReport:
    """What the open postings of a campaign say to that, newest first.

    Raises NotFound("campaign_not_found").
    """
    found = Campaign.objects.filter(organisation__slug=organisation, slug=campaign).first()
    postings = Posting.objects.accepting().filter(campaign=found).order_by("-pk")
    rows = effective_rules(postings) if found else []
    if not rows:
        sentence = _("There is no such campaign, or it takes no applications now.")
        raise NotFound("campaign_not_found", sentence, field="campaign")
    return match_postings(rows, given(facts, organisation=rows[0].posting.organisation_id))


def given(facts: Given, *, organisation: int) -> Source:
    """The relation of facts that a person gives, to be judged by an organisation's rules.

    `institution` is a name, an alias or an address; `applications` name postings by id, and those
    to other organisations do not matter.
    """
    plain = {name: value for name, value in facts.items() if name in PLAIN}
    return of_given([plain | _school(facts) | _major(facts) | _history(facts, organisation)])


PLAIN = frozenset(
    {
        "graduates_on", "degree", "study_year", "languages", "weeks", "days_per_week", "starts_from",
        "starts_until", "work_countries", "referral",
    }
)  # fmt: skip


def _school(facts: Given) -> dict[str, Any]:
    country = facts.get("country", "")
    (school,) = recognise([Mention(facts.get("institution", ""), country=country)])
    if school is None:
        return {"country": country or None}
    return {"institution": school.pk, "country": school.country, "tiers": school.tiers}


def _major(facts: Given) -> dict[str, Any]:
    major = facts.get("major", "")
    return {"major": major.lower() or None, "discipline": discipline_of(major) or None}


def _history(facts: Given, organisation: int) -> dict[str, Any]:
    if "applications" not in facts:
        return {}
    rows = facts["applications"]  # to one posting perhaps several: each counts
    postings = Posting.objects.filter(organisation=organisation).in_bulk({row["posting"] for row in rows})
    known = [(row, postings[row["posting"]]) for row in rows if row["posting"] in postings]
    return {"history": [_past(row, posting) for row, posting in known]}


def _past(row: Given, posting: Posting) -> dict[str, str | int | date | None]:
    return {
        "campaign": posting.campaign_id,
        "department": posting.department_id,
        "applied_on": row["applied_on"],
        "state": row["state"],
        "ended_on": row.get("ended_on"),
    }

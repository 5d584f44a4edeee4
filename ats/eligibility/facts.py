"""What rules are judged by: a relation of named columns, whoever the person is.

Of a stored candidate it is a query, of an application the same with what came before it, of anybody
who asks it is what they say. A missing fact is NULL everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from ats.common.person_records import records_of
from ats.models import Organisation

# Counted by months: who began in September is in year 2 from the September after. Only a course of
# study that has begun has years.
STUDY_YEAR = """CASE WHEN e.starts_on < date_trunc('month', %(on)s::date) + interval '1 month' THEN 1 + (
    12 * extract(year FROM %(on)s::date) + extract(month FROM %(on)s::date)
    - 12 * extract(year FROM e.starts_on) - extract(month FROM e.starts_on))::int / 12 END"""

# The applications of the person, whichever of the records that were merged applied. Days are those of
# the season, the last is that of the decision, whatever has been done to the application since.
HISTORY = f"""(SELECT coalesce(jsonb_agg(jsonb_build_object(
        'campaign', h.campaign_id, 'department', hp.department_id, 'state', h.state,
        'applied_on', (h.created_at AT TIME ZONE hc.time_zone)::date, 'ended_on',
        CASE WHEN h.state <> 'active' THEN (h.state_entered_at AT TIME ZONE hc.time_zone)::date END
    ) ORDER BY h.id), '[]')
    FROM ats_application h
    JOIN ats_posting hp ON hp.id = h.posting_id JOIN ats_campaign hc ON hc.id = h.campaign_id
    WHERE h.candidate_id = ANY({records_of("c")}) AND {{earlier}})"""  # noqa: S608  (columns)

# Of each fact its type, and where it stands in the tables.
FACTS: dict[str, tuple[str, str]] = {
    "graduates_on": ("date", "e.graduates_on"),
    "degree": ("smallint", "e.degree"),
    "study_year": ("int", STUDY_YEAR),
    "country": ("text", "coalesce(i.country, nullif(e.country, ''))"),
    "institution": ("bigint", "e.institution_id"),
    "tiers": ("text[]", "i.tiers::text[]"),
    "major": ("text", "nullif(lower(e.major), '')"),
    "discipline": ("text", "nullif(e.discipline, '')"),
    "languages": ("jsonb", "c.languages"),
    "weeks": ("smallint", "c.weeks"),
    "days_per_week": ("smallint", "c.days_per_week"),
    "starts_from": ("date", "c.starts_from"),
    "starts_until": ("date", "c.starts_until"),
    "work_countries": ("text[]", "c.work_countries::text[]"),
    "history": ("jsonb", HISTORY),
    "referral": ("boolean", "{referral}"),
}

EDUCATION = """
LEFT JOIN ats_education e ON e.candidate_id = c.id AND e.is_latest
LEFT JOIN ats_institution i ON i.id = e.institution_id"""
CANDIDATES = f"ats_candidate c {EDUCATION}"
APPLICATIONS = f"ats_application a JOIN ats_candidate c ON c.id = a.candidate_id {EDUCATION}"


@dataclass(frozen=True, slots=True)
class Source:
    """Where to find a row per subject: `subject` (an id) and facts, of which only those asked for are read.

    `columns` is SQL by fact, `ids` are the columns beside them.
    """

    ids: str
    columns: Mapping[str, str]
    tables: str
    params: dict[str, Any] = field(default_factory=dict)

    def select(self, facts: Iterable[str]) -> str:
        columns = [self.ids, *(f"{self.columns[name]} AS {name}" for name in facts)]
        return f"SELECT {', '.join(columns)} FROM {self.tables}"  # noqa: S608  (made of the texts above)


def _columns(*, earlier: str, referral: str) -> dict[str, str]:
    return {name: sql.format(earlier=earlier, referral=referral) for name, (_, sql) in FACTS.items()}


OF_CANDIDATE = _columns(earlier="true", referral="%(referral)s::boolean")
OF_APPLICATION = _columns(earlier="h.id < a.id", referral="a.referral_id IS NOT NULL")


def of_candidates(organisation: Organisation, *, on: date) -> Source:
    """All candidates of an organisation. Whether they come with a referral is unknown."""
    params = {"on": on, "organisation": organisation.pk, "referral": None}
    tables = f"{CANDIDATES} WHERE c.organisation_id = %(organisation)s"
    return Source("c.id AS subject", OF_CANDIDATE, tables, params)


def of_candidate(pk: int, *, on: date, referral: bool | None = None) -> Source:
    """One candidate who is about to apply, with a referral or without."""
    params = {"on": on, "candidate": pk, "referral": referral}
    return Source("c.id AS subject", OF_CANDIDATE, f"{CANDIDATES} WHERE c.id = %(candidate)s", params)


def of_applications(ids: Iterable[int], *, on: date) -> Source:
    """Applications by id: the candidate as of now, with the applications that came before."""
    params = {"on": on, "applications": list(ids)}
    tables = f"{APPLICATIONS} WHERE a.id = ANY(%(applications)s)"
    return Source("a.id AS subject", OF_APPLICATION, tables, params)


def of_open_applications(postings: Iterable[int], *, on: date) -> Source:
    """The active applications to these postings; `posting` is a column beside the facts."""
    params = {"on": on, "postings": list(postings)}
    tables = f"{APPLICATIONS} WHERE a.state = 'active' AND a.posting_id = ANY(%(postings)s)"
    return Source("a.id AS subject, a.posting_id AS posting", OF_APPLICATION, tables, params)


def of_given(people: Iterable[Mapping[str, Any]]) -> Source:
    """What people say of themselves, the first as subject 1; a fact that is not given is missing."""
    rows = [{"subject": number, **facts} for number, facts in enumerate(people, 1)]
    typed = ", ".join(f"{name} {sql_type}" for name, (sql_type, _) in FACTS.items())
    tables = f"jsonb_to_recordset(%(people)s::jsonb) AS g(subject bigint, {typed})"
    params = {"people": json.dumps(rows, cls=DjangoJSONEncoder)}
    return Source("subject", {name: f"g.{name}" for name in FACTS}, tables, params)

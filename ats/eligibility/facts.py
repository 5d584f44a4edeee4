"""What rules are judged by: a relation with a column per fact, whoever the person is.

Of a stored candidate it is a query, of an application the same with what came before it, of anybody
who asks it is what they state. A missing fact is NULL everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from ats.common.months import Span
from ats.models import Account, ApplicationState, Organisation
from ats.models.facts import FACTS, stored_facts
from ats.people.candidates import latest_education

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
    return {name: fact.column.format(earlier=earlier, referral=referral) for name, fact in FACTS.items()}


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


# The columns of an education, as params of their types.
COURSE = {
    "institution_id": "bigint",
    "country": "text",
    "degree": "smallint",
    "major": "text",
    "discipline": "text",
    "starts_on": "date",
    "graduates_from": "date",
    "graduates_until": "date",
}
PROFILE = f"""(
    SELECT k.id, k.merged_into_id, %(facts)s::jsonb AS facts FROM (SELECT) one
    LEFT JOIN ats_candidate k ON k.organisation_id = %(organisation)s AND k.account_id = %(account)s) c
CROSS JOIN (SELECT {", ".join(f"%({name})s::{kind} AS {name}" for name, kind in COURSE.items())}) e
LEFT JOIN ats_institution i ON i.id = e.institution_id"""  # noqa: S608  (names of columns)


def of_profile(account: Account, organisation: Organisation, *, on: date) -> Source:
    """Somebody as their profile says now, with their applications to an organisation; nothing is copied."""
    study = latest_education(account.profile)
    params: dict[str, Any] = {name: getattr(study, name, None) for name in COURSE}
    params |= {"on": on, "organisation": organisation.pk, "account": account.pk, "referral": None}
    params["facts"] = json.dumps(stored_facts(account.profile))
    return Source("1 AS subject", OF_CANDIDATE, PROFILE, params)


def of_applications(ids: Iterable[int], *, on: date) -> Source:
    """Applications by id: the candidate as of now, with the applications that came before."""
    params = {"on": on, "applications": list(ids)}
    tables = f"{APPLICATIONS} WHERE a.id = ANY(%(applications)s)"
    return Source("a.id AS subject", OF_APPLICATION, tables, params)


def of_open_applications(postings: Iterable[int], *, on: date) -> Source:
    """The active applications to these postings; `posting` is a column beside the facts."""
    params = {"on": on, "postings": list(postings), "active": ApplicationState.ACTIVE}
    tables = f"{APPLICATIONS} WHERE a.state = %(active)s AND a.posting_id = ANY(%(postings)s)"
    return Source("a.id AS subject, a.posting_id AS posting", OF_APPLICATION, tables, params)


def of_stated(people: Iterable[Mapping[str, Any]]) -> Source:
    """What people state of themselves, the first as subject 1; a fact that is absent is missing."""
    rows = [{"subject": number, **_encoded(facts)} for number, facts in enumerate(people, 1)]
    typed = ", ".join(f"{name} {fact.sql_type}" for name, fact in FACTS.items())
    tables = f"jsonb_to_recordset(%(people)s::jsonb) AS g(subject bigint, {typed})"
    params = {"people": json.dumps(rows, cls=DjangoJSONEncoder)}
    return Source("subject", {name: f"g.{name}" for name in FACTS}, tables, params)


def _encoded(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: f"[{value.first},{value.last}]" if isinstance(value, Span) else value
        for name, value in facts.items()
    }


def _span(value: Any) -> Span | None:
    return value and Span(value.lower, value.upper - timedelta(days=1))


# From what the driver gives to what rules describe.
DECODED: dict[str, Callable[[Any], Any]] = {
    "jsonb": lambda value: json.loads(value or "null"),
    "daterange": _span,
}


def decoded(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the relation with its facts as Python values; other columns stay."""
    types = {name: FACTS[name].sql_type for name in row.keys() & FACTS.keys()}
    return {name: DECODED.get(types.get(name, ""), lambda v: v)(value) for name, value in row.items()}

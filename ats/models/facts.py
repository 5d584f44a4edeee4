"""The facts of a person that eligibility rules can use: one table, a row per fact.

A row says everything about its fact: the type in the relation that rules are judged over, where a stored
candidate has it, the JSON Schema of what people state (in the API, and under `key` of their profile), and
how a profile is read. The API, the profile's format, the copy that an employer keeps, the export and the
erasure follow from the table. A new fact is a row here and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from ats.common.countries import is_country
from ats.common.degrees import LEVELS as DEGREES
from ats.common.grades import GRADE, grades_by_scale
from ats.common.json_schemas import COUNTRY, DATE, ID, MONTH_OR_DAY, NOT_BLANK, Schema, compiled
from ats.common.language_tests import TESTS, scores_of
from ats.common.languages import LANGUAGES, LEVELS, levels_of
from ats.common.months import day_named, span_named
from ats.common.person_records import records_of
from ats.models.application import VISIBLE_STATE, ApplicationState
from ats.models.interview import BOOKED

Profile = Mapping[str, Any]

LINE: Schema = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": NOT_BLANK}
YES_OR_NO: Schema = {"type": "boolean"}
COUNTRIES: Schema = {"type": "array", "items": COUNTRY, "maxItems": 300}


def _count(most: int) -> Schema:
    return {"type": "integer", "minimum": 0, "maximum": most}


def _rows(title: str, required: str, **properties: Schema) -> Schema:
    """A list of objects; `title` names one of them in the API's document."""
    item = {
        "title": title,
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }
    return {"type": "array", "items": item, "maxItems": 200}


def _same(value: Any) -> Any:
    return value


def _first_day(text: str) -> date | None:
    span = span_named(text)
    return span and span.first


def _countries(codes: list[str]) -> list[str]:
    return [code for code in codes if is_country(code)]


@dataclass(frozen=True, slots=True)
class Fact:
    """One row. A fact without `sql` is kept in `Candidate.facts`, under its name.

    `schema` is of what people state, `given` turns that into the value that rules read; without a schema
    nobody states the fact by itself. `key` is where a profile has it, steps divided by dots, and `read`
    turns what stands there into the stored value. `is_standard` keys belong to JSON Resume itself.
    """

    name: str
    sql_type: str
    sql: str = ""
    schema: Schema | None = None
    given: Callable[[Any], Any] = _same
    key: str = ""
    read: Callable[[Any], Any] = _same
    is_standard: bool = False
    help: str = ""

    @property
    def is_stored(self) -> bool:
        """Whether it is a member of `Candidate.facts`."""
        return not self.sql

    def can_read(self, value: Any) -> bool:
        """Whether a profile says something: one from before the fact was known may have anything there."""
        return value is not None and (self.is_standard or compiled(self.schema or {}).is_valid(value))

    @property
    def column(self) -> str:
        """SQL over a candidate `c` with the latest education `e` and its institution `i`."""
        if self.sql:
            return self.sql
        if self.sql_type == "jsonb":
            return f"(c.facts -> '{self.name}')"
        return f"(c.facts ->> '{self.name}')::{self.sql_type}"


# Counted by months: who began in September is in year 2 from the September after. Only a course of
# study that has begun has years.
STUDY_YEAR = """CASE WHEN e.starts_on < date_trunc('month', %(on)s::date) + interval '1 month' THEN 1 + (
    12 * extract(year FROM %(on)s::date) + extract(month FROM %(on)s::date)
    - 12 * extract(year FROM e.starts_on) - extract(month FROM e.starts_on))::int / 12 END"""
GRADUATION = """CASE WHEN e.graduates_until IS NOT NULL
    THEN daterange(e.graduates_from, e.graduates_until, '[]') END"""

# The applications of the person, whichever of the records that were merged applied. Days are those of
# the season, the last is that of the decision, whatever has been done to the application since. A
# rejection counts from its announcement on: a verdict would give it away before.
VISIBLE = VISIBLE_STATE.format("h")
BOOKED_STATES = ", ".join(f"'{state}'" for state in BOOKED)
APPLICATIONS = f"""(SELECT coalesce(jsonb_agg(jsonb_build_object(
        'campaign', h.campaign_id, 'department', hp.department_id, 'state', {VISIBLE},
        'applied_on', (h.created_at AT TIME ZONE hc.time_zone)::date, 'ended_on',
        CASE WHEN {VISIBLE} <> '{ApplicationState.ACTIVE}'
            THEN (h.state_entered_at AT TIME ZONE hc.time_zone)::date END,
        'interviewed_on', (SELECT max((upper(v.during) AT TIME ZONE hc.time_zone)::date)
            FROM ats_interview v WHERE v.application_id = h.id AND v.state IN ({BOOKED_STATES})
                AND upper(v.during) <= statement_timestamp())
    ) ORDER BY h.id), '[]')
    FROM ats_application h
    JOIN ats_posting hp ON hp.id = h.posting_id JOIN ats_campaign hc ON hc.id = h.campaign_id
    WHERE h.candidate_id = ANY({records_of("c")}) AND {{earlier}})"""  # noqa: S608  (columns)

SPOKEN = _rows(
    "SpokenLanguage",
    "language level",
    language={"enum": list(LANGUAGES), "type": "string"},
    level={"enum": list(LEVELS), "type": "string"},
)
PAST = _rows(
    "PastApplication",
    "posting applied_on state",
    posting=ID,
    applied_on=DATE,
    state={"enum": list(ApplicationState.values), "type": "string"},
    ended_on=DATE,
    interviewed_on=DATE,
)
TEST_RESULTS = _rows(
    "LanguageTestResult",
    "test score",
    test={"enum": list(TESTS), "type": "string"},
    score={"type": "number", "minimum": 0, "maximum": 1000},
)

FACTS: dict[str, Fact] = {
    fact.name: fact
    for fact in (
        Fact("graduation", "daterange", GRADUATION, MONTH_OR_DAY, span_named,
             help="A month such as 2027-06, or the day: 2027-06-30."),
        Fact("studies_from", "date", "date_trunc('month', e.starts_on)::date", MONTH_OR_DAY,
             _first_day, help="When the course of study began."),
        Fact("study_year", "int", STUDY_YEAR, {"type": "integer", "minimum": 1, "maximum": 20}),
        Fact("degree", "smallint", "e.degree", {"enum": list(DEGREES), "type": "string"},
             lambda name: DEGREES.index(name) + 1),
        Fact("institution", "bigint", "e.institution_id", LINE,
             help="Its name, an alias, or its web address."),
        Fact("country", "text", "coalesce(i.country, nullif(e.country, ''))", COUNTRY,
             help="Of the institution, if it is not a listed one."),
        Fact("tiers", "text[]", "i.tiers::text[]"),
        Fact("major", "text", "nullif(lower(e.major), '')", LINE),
        Fact("discipline", "text", "nullif(e.discipline, '')"),
        Fact("grades", "jsonb", schema=GRADE, given=grades_by_scale, key="grades", read=grades_by_scale,
             help="Each with its scale: 3.6 of 4, 88 of 100, or the rank in a class."),
        Fact("languages", "jsonb", schema=SPOKEN, key="languages", read=levels_of, is_standard=True,
             given=lambda rows: {row["language"]: LEVELS.index(row["level"]) + 1 for row in rows}),
        Fact("language_tests", "jsonb", schema=TEST_RESULTS, given=scores_of,
             key="languageTests", read=scores_of),
        Fact("is_employed", "boolean", schema=YES_OR_NO, key="isEmployed",
             help="Whether you have an employment contract, or have had one since you graduated."),
        Fact("weeks", "smallint", schema=_count(520), key="availability.weeks"),
        Fact("days_per_week", "smallint", schema=_count(7), key="availability.daysPerWeek"),
        Fact("starts_from", "date", schema=DATE, key="availability.startsFrom", read=day_named,
             help="The first day you could begin on."),
        Fact("starts_until", "date", schema=DATE, key="availability.startsUntil", read=day_named,
             help="The last day you could begin on."),
        Fact("work_countries", "jsonb", schema=COUNTRIES, key="workCountries", read=_countries,
             help="Where you may work."),
        Fact("applications", "jsonb", APPLICATIONS, PAST, help="Yours to this employer; [] says none."),
        Fact("referral", "boolean", "{referral}", YES_OR_NO, help="Whether you have a referral code."),
    )
}  # fmt: skip


def stored_facts(profile: Profile) -> dict[str, Any]:
    """What `Candidate.facts` keeps of a profile; what it does not say is absent."""
    stored = ((fact, _at(profile, fact.key)) for fact in FACTS.values() if fact.is_stored)
    read = {fact.name: fact.read(value) for fact, value in stored if fact.can_read(value)}
    return {name: _plain(value) for name, value in read.items() if value is not None}


def profile_extensions() -> dict[str, Any]:
    """By key, the JSON Schema of the members that facts add to the format of a profile."""
    added: dict[str, Any] = {}
    for fact in FACTS.values():
        if fact.key and not fact.is_standard:
            *outer, last = fact.key.split(".")
            reduce(_members, outer, added)[last] = fact.schema
    return added


def _members(properties: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = properties.setdefault(name, {"type": "object", "properties": {}})["properties"]
    return found


def _at(profile: Any, key: str) -> Any:
    """What a profile says under a key; None where it says nothing."""
    steps: Iterable[str] = key.split(".")
    return reduce(lambda found, step: found.get(step) if isinstance(found, dict) else None, steps, profile)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value

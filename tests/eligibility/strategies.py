"""Rule trees and people for hypothesis: edges first, every fact missing now and then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from ats.common.errors import Invalid
from ats.common.months import Span, end_of_month
from ats.eligibility.kinds.base import Context
from ats.eligibility.trees import read_tree

ON = date(2028, 2, 29)
# A posting may belong to no department: those without one are, together, a department of their own.
CONTEXTS = [Context(campaign=1, department=department, on=ON) for department in (2, None)]
# Around month ends and the leap day of 2028, where bounds go wrong.
EDGES = [date(2027, 2, 28), ON, date(2028, 3, 1), date(2027, 10, 30), date(2027, 10, 31), date(2027, 11, 1)]
COUNTRIES = ["CN", "HK", "MO", "TW", "SG", "US", "FR"]
LANGUAGES = ["en", "zh", "ja"]
LEVELS = ["A1", "A2", "B1", "B2", "C1", "C2", "native"]
DEGREES = ["secondary", "associate", "bachelor", "master", "doctor"]
DISCIPLINES = ["engineering", "science", "law"]
TIERS = ["985", "211", "双一流"]
WORDS = ["computer", "计算机", "law", "软件"]
SCOPES = ["campaign", "department", "organisation"]

# Periods, and how long ago something was: often on the very day on which one of them is over.
PERIODS = [1, 7, 30]
WEEKS = [1, 11, 12]
AGES = [0, 1, 2, 6, 7, 8, 28, 29, 30, 31, 60]
MONTHS = [-24, -12, -1, 0, 1, 12, 24]
TESTS = ["cet4", "ielts"]
SCALES = ["4", "100", "rank"]
SCORES = [5.5, 6, 6.5, 7]
GRADES = [2, 3.5, 3.6, 4]

days = st.one_of(st.sampled_from(EDGES), st.dates(date(2026, 10, 1), date(2028, 12, 31)))
# Known to the day, the edges themselves among them, or to the month.
graduations = st.one_of(
    st.sampled_from(EDGES).map(lambda day: Span(day, day)),
    days.map(lambda day: Span(day, day)),
    st.one_of(st.sampled_from(EDGES), days).map(lambda day: Span(day.replace(day=1), end_of_month(day))),
)


def missing(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy, strategy, strategy)


def some(values: list[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)


edges = st.sampled_from(EDGES)
bound = st.one_of(edges.map(str), days.map(str), days.map(lambda day: f"{day:%Y-%m}"))


@st.composite
def a_span(draw: Callable[..., Any]) -> dict[str, str]:
    """Two bounds in order; a month among them covers the whole of it."""
    first, last = sorted([draw(bound), draw(bound)])
    return {"from": first, "to": last if last[:7] != first[:7] else first}


@st.composite
def a_window(draw: Callable[..., Any]) -> dict[str, str]:
    """The same, now and then open at one end."""
    span = draw(a_span())
    ends = draw(st.sampled_from([("from", "to"), ("from", "to"), ("from",), ("to",)]))
    return {name: span[name] for name in ends}


@st.composite
def some_months(draw: Callable[..., Any]) -> dict[str, Any]:
    first, last = sorted([draw(st.sampled_from(MONTHS)), draw(st.sampled_from(MONTHS))])
    ends = draw(st.sampled_from([("from_months", "to_months"), ("from_months",), ("to_months",)]))
    params: dict[str, Any] = {name: {"from_months": first, "to_months": last}[name] for name in ends}
    if draw(st.booleans()):
        params["start"] = str(draw(st.sampled_from(EDGES)))
    return params


@st.composite
def a_range(draw: Callable[..., Any], low: int, high: int) -> dict[str, int]:
    least, most = sorted([draw(st.integers(low, high)), draw(st.integers(low, high))])
    return {"least": least, "most": most}


past = st.fixed_dictionaries(
    {
        "campaign": st.sampled_from([1, 9]),
        "department": st.sampled_from([2, 8, None]),
        "applied_on": st.sampled_from(AGES).map(lambda n: ON - timedelta(days=n)),
        "state": st.sampled_from(["active", "rejected", "hired", "withdrawn"]),
        "ended_on": missing(st.sampled_from(AGES).map(lambda n: ON - timedelta(days=n))),
        "interviewed_on": missing(st.sampled_from(AGES).map(lambda n: ON - timedelta(days=n))),
    }
)

people = st.fixed_dictionaries(
    {
        "graduation": missing(graduations),
        "studies_from": missing(st.sampled_from([*EDGES, date(2024, 9, 1)])),
        "degree": missing(st.integers(1, 5)),
        "study_year": missing(st.integers(1, 8)),
        "country": missing(st.sampled_from(COUNTRIES)),
        "institution": missing(st.integers(1, 4)),
        "tiers": missing(st.lists(st.sampled_from(TIERS), unique=True)),
        "major": missing(st.sampled_from(["computer science", "计算机科学", "law", "music"])),
        "discipline": missing(st.sampled_from(DISCIPLINES)),
        "languages": missing(st.dictionaries(st.sampled_from(LANGUAGES), missing(st.integers(1, 7)))),
        "language_tests": missing(
            st.dictionaries(st.sampled_from(["cet4", "ielts"]), st.sampled_from(SCORES))
        ),
        "grades": missing(st.dictionaries(st.sampled_from(["4", "100", "rank"]), st.sampled_from(GRADES))),
        "is_employed": missing(st.booleans()),
        "weeks": missing(st.sampled_from([0, *WEEKS])),
        "days_per_week": missing(st.integers(0, 7)),
        "starts_from": missing(st.sampled_from(EDGES)),
        "starts_until": missing(st.sampled_from(EDGES)),
        "work_countries": missing(st.lists(st.sampled_from(COUNTRIES), unique=True)),
        "applications": missing(st.lists(past, max_size=4)),
        "referral": missing(st.booleans()),
    }
)


def _degree(ends: dict[str, int]) -> dict[str, str]:
    return {"least": DEGREES[ends["least"]], "most": DEGREES[ends["most"]]}


def at_least_one(params: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of these, alone and together."""
    return st.fixed_dictionaries({}, optional=params).filter(bool)


scoped = st.sampled_from(SCOPES)
a_wait = st.one_of(
    st.fixed_dictionaries({"days": st.sampled_from(PERIODS), "scope": scoped}),
    st.fixed_dictionaries({"months": st.sampled_from([1, 2]), "scope": scoped}),
)
PARAMS: dict[str, st.SearchStrategy[Any]] = {
    "graduation_window": st.fixed_dictionaries(
        {"ranges": st.lists(a_window(), min_size=1, max_size=3, unique_by=str)}
    ),
    "degree": st.one_of(
        a_range(0, 4).map(_degree),
        st.sampled_from(DEGREES).map(lambda level: {"least": level}),
        st.sampled_from(DEGREES).map(lambda level: {"most": level}),
    ),
    "graduation_within": some_months(),
    "years_left": st.one_of(a_range(1, 4), st.just({"least": 2}), st.just({"most": 2})),
    "enrolled": st.just({}),
    "not_employed": st.just({}),
    "grade": st.one_of(
        st.fixed_dictionaries({"least": st.sampled_from(GRADES), "scale": st.sampled_from([4, 4.0, 100])}),
        st.fixed_dictionaries({"top_percent": st.sampled_from(GRADES)}),
    ),
    "language_test": st.fixed_dictionaries({"test": st.just("ielts"), "least": st.sampled_from(SCORES)}),
    "study_year": st.one_of(a_range(1, 8), st.just({"least": 3}), st.just({"most": 3})),
    "institution_region": at_least_one(
        {"regions": some(["mainland", "hmt", "overseas"]), "countries": some(COUNTRIES)}
    ),
    "institution": st.fixed_dictionaries(
        {"institutions": some([1, 2, 3]), "name": st.just("the list"), "name_zh": st.just("名单")}
    ),
    "institution_tier": st.fixed_dictionaries({"tiers": some(TIERS)}),
    "major": at_least_one({"words": some(WORDS), "disciplines": some(DISCIPLINES)}),
    "language": st.fixed_dictionaries(
        {"language": st.sampled_from(LANGUAGES), "level": st.sampled_from(LEVELS)}
    ),
    "availability": at_least_one(
        {"starts": a_span(), "weeks": st.sampled_from(WEEKS), "days_per_week": st.integers(1, 7)}
    ),
    "work_authorisation": st.fixed_dictionaries({"countries": some(COUNTRIES)}),
    "application_limit": st.fixed_dictionaries(
        {"most": st.integers(1, 3), "scope": scoped}, optional={"days": st.sampled_from(PERIODS)}
    ),
    "wait_after_rejection": a_wait,
    "wait_after_interview": a_wait,
    "not_hired": st.fixed_dictionaries({"scope": scoped}),
    "referral": st.just({}),
}
rules = st.sampled_from(sorted(PARAMS)).flatmap(
    lambda kind: st.fixed_dictionaries({"kind": st.just(kind), "params": PARAMS[kind]})
)
trees = st.recursive(
    rules,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"all": st.lists(inner, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"not": inner}),
    ),
    max_leaves=6,
)


def can_be_saved(tree: Any) -> bool:
    """Not so a negation of no requirement, which nobody can meet."""
    try:
        read_tree(tree)
    except Invalid as refusal:
        return refusal.code != "nobody_can_meet"
    return True


savable_trees = trees.filter(can_be_saved)

"""What a rule tree means, said a second time: one person, one rule, day by day, no SQL.

Deliberately slow and plain, and shares nothing with the product. True is met, False is not met, None
is cannot tell.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from ats.eligibility.kinds.base import Context

Facts = dict[str, Any]
DEGREES = ["secondary", "associate", "bachelor", "master", "doctor"]
LEVELS = ["A1", "A2", "B1", "B2", "C1", "C2", "native"]
ONE_DAY = timedelta(days=1)


def verdict(tree: Any, facts: Facts, context: Context) -> bool | None:
    if "all" in tree:
        return kleene_all([verdict(inner, facts, context) for inner in tree["all"]])
    if "any" in tree:
        return kleene_any([verdict(inner, facts, context) for inner in tree["any"]])
    if "not" in tree:
        inner = verdict(tree["not"], facts, context)
        return None if inner is None else not inner
    rule = globals()[f"rule_{tree['kind']}"]
    outcome: bool | None = rule(tree.get("params", {}), facts, context)
    return outcome


def kleene_all(outcomes: list[bool | None]) -> bool | None:
    if False in outcomes:
        return False
    return None if None in outcomes else True


def kleene_any(outcomes: list[bool | None]) -> bool | None:
    if True in outcomes:
        return True
    return None if None in outcomes else False


def first_day(text: str) -> date:
    return date.fromisoformat(text if len(text) == 10 else f"{text}-01")


def last_day(text: str) -> date:
    if len(text) == 10:
        return date.fromisoformat(text)
    day = date.fromisoformat(f"{text}-28")
    while (day + ONE_DAY).month == day.month:
        day += ONE_DAY
    return day


def each_day(graduation: Any, may: Callable[[date], bool]) -> bool | None:
    """Whether every day that the graduation may be on will do, none will, or only some."""
    if graduation is None:
        return None
    first, last = graduation
    found = {may(first + n * ONE_DAY) for n in range((last - first).days + 1)}
    return found.pop() if len(found) == 1 else None


def rule_graduation_window(params: Any, facts: Facts, context: Context) -> bool | None:
    ranges = params["ranges"]

    def may(day: date) -> bool:
        return any(
            ("from" not in r or first_day(r["from"]) <= day) and ("to" not in r or day <= last_day(r["to"]))
            for r in ranges
        )

    return each_day(facts["graduation"], may)


def shifted(day: date, months: int) -> date:
    """Month by month; in a month that is too short, its last day."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        year, month = {13: (year + 1, 1), 0: (year - 1, 12)}.get(month, (year, month))
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError


def rule_graduation_within(params: Any, facts: Facts, context: Context) -> bool | None:
    anchor = date.fromisoformat(params["start"]) if "start" in params else context.on
    earliest = shifted(anchor, params["from_months"]) if "from_months" in params else date.min
    latest = shifted(anchor, params["to_months"]) if "to_months" in params else date.max
    return each_day(facts["graduation"], lambda day: earliest <= day <= latest)


def rule_years_left(params: Any, facts: Facts, context: Context) -> bool | None:
    begins = shifted(context.on, 12 * params.get("least", 1) - 12)
    ends = shifted(context.on, 12 * params.get("most", 12))
    return each_day(facts["graduation"], lambda day: begins <= day < ends)


def rule_enrolled(params: Any, facts: Facts, context: Context) -> bool | None:
    begun = None if facts["studies_from"] is None else facts["studies_from"] <= context.on
    return kleene_all([begun, each_day(facts["graduation"], lambda day: day >= context.on)])


def rule_not_employed(params: Any, facts: Facts, context: Context) -> bool | None:
    return None if facts["is_employed"] is None else not facts["is_employed"]


def rule_grade(params: Any, facts: Facts, context: Context) -> bool | None:
    grades = facts["grades"] or {}
    if "top_percent" in params:
        return bool(grades["rank"] <= params["top_percent"]) if "rank" in grades else None
    scale = f"{params['scale']:g}"
    return bool(grades[scale] >= params["least"]) if scale in grades else None


def rule_language_test(params: Any, facts: Facts, context: Context) -> bool | None:
    if facts["language_tests"] is None:
        return None
    return bool(facts["language_tests"].get(params["test"], -1) >= params["least"])


def rule_degree(params: Any, facts: Facts, context: Context) -> bool | None:
    if facts["degree"] is None:
        return None
    least = DEGREES.index(params.get("least", "secondary")) + 1
    most = DEGREES.index(params.get("most", "doctor")) + 1
    return facts["degree"] in range(least, most + 1)


def rule_study_year(params: Any, facts: Facts, context: Context) -> bool | None:
    if facts["study_year"] is None:
        return None
    return facts["study_year"] in range(params.get("least", 1), params.get("most", 99) + 1)


def rule_institution_region(params: Any, facts: Facts, context: Context) -> bool | None:
    country = facts["country"]
    if country is None:
        return None
    region = {"CN": "mainland", "HK": "hmt", "MO": "hmt", "TW": "hmt"}.get(country, "overseas")
    return region in params.get("regions", []) or country in params.get("countries", [])


def rule_institution(params: Any, facts: Facts, context: Context) -> bool | None:
    if facts["institution"] is None:
        return None
    return facts["institution"] in params["institutions"]


def rule_institution_tier(params: Any, facts: Facts, context: Context) -> bool | None:
    if facts["tiers"] is None:
        return None
    return any(tier in facts["tiers"] for tier in params["tiers"])


def rule_major(params: Any, facts: Facts, context: Context) -> bool | None:
    outcomes: list[bool | None] = [
        None if facts["major"] is None else word.lower() in facts["major"] for word in params.get("words", [])
    ]
    if params.get("disciplines"):
        told = facts["discipline"]
        outcomes.append(None if told is None else told in params["disciplines"])
    return kleene_any(outcomes)


def rule_language(params: Any, facts: Facts, context: Context) -> bool | None:
    if facts["languages"] is None:
        return None
    if params["language"] not in facts["languages"]:
        return False
    level = facts["languages"][params["language"]]
    return None if level is None else level > LEVELS.index(params["level"])


def rule_availability(params: Any, facts: Facts, context: Context) -> bool | None:
    outcomes: list[bool | None] = [
        None if facts[name] is None else facts[name] >= params[name]
        for name in ("weeks", "days_per_week")
        if name in params
    ]
    if "starts" in params:
        begins, ends = first_day(params["starts"]["from"]), last_day(params["starts"]["to"])
        early, late = facts["starts_from"], facts["starts_until"]
        outcomes.append(None if early is None else not early > ends)
        outcomes.append(None if late is None else not late < begins)
        outcomes.append(None if early is None or late is None else not late < early)
    return kleene_all(outcomes)


def rule_work_authorisation(params: Any, facts: Facts, context: Context) -> bool | None:
    if facts["work_countries"] is None:
        return None
    return any(code in facts["work_countries"] for code in params["countries"])


def in_scope(params: Any, facts: Facts, context: Context) -> list[Any]:
    scope = params["scope"]
    if scope == "organisation":
        return list(facts["applications"])
    return [row for row in facts["applications"] if row[scope] == getattr(context, scope)]


def rule_application_limit(params: Any, facts: Facts, context: Context) -> bool | None:
    if facts["applications"] is None:
        return None
    rows = in_scope(params, facts, context)
    if "days" in params:
        recent = {context.on - n * ONE_DAY for n in range(params["days"])}
        rows = [row for row in rows if row["applied_on"] in recent or row["applied_on"] > context.on]
    most: int = params["most"]
    return len(rows) < most


def rule_wait_after_rejection(params: Any, facts: Facts, context: Context) -> bool | None:
    if facts["applications"] is None:
        return None
    rejected = [row for row in in_scope(params, facts, context) if row["state"] == "rejected"]
    return all(is_over(row["ended_on"], params, context) for row in rejected)


def rule_wait_after_interview(params: Any, facts: Facts, context: Context) -> bool | None:
    if facts["applications"] is None:
        return None
    days = [row["interviewed_on"] for row in in_scope(params, facts, context)]
    return all(is_over(day, params, context) for day in days if day is not None)


def is_over(day: date | None, params: Any, context: Context) -> bool:
    """Whether the wait since a day is over; never, where nobody knows the day."""
    if day is None:
        return False
    return bool(shifted(day, params.get("months", 0)) + params.get("days", 0) * ONE_DAY < context.on)


def rule_not_hired(params: Any, facts: Facts, context: Context) -> bool | None:
    if facts["applications"] is None:
        return None
    return not any(row["state"] == "hired" for row in in_scope(params, facts, context))


def rule_referral(params: Any, facts: Facts, context: Context) -> bool | None:
    told: bool | None = facts["referral"]
    return told

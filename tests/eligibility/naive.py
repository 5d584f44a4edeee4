"""What a rule tree means, said a second time: one person, one rule, day by day, no SQL.

Deliberately slow and plain, and shares nothing with the product. True is met, False is not met, None
is cannot tell.
"""

from __future__ import annotations

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


def rule_graduation_window(params: Any, facts: Facts, context: Context) -> bool | None:
    day = facts["graduates_on"]
    if day is None:
        return None
    return any(first_day(r["from"]) <= day <= last_day(r["to"]) for r in params["ranges"])


def rule_degree(params: Any, facts: Facts, context: Context) -> bool | None:
    if facts["degree"] is None:
        return None
    least = DEGREES.index(params.get("least", "secondary")) + 1
    most = DEGREES.index(params.get("most", "doctor")) + 1
    return facts["degree"] in range(least, most + 1)


def rule_study_year(params: Any, facts: Facts, context: Context) -> bool | None:
    if facts["study_year"] is None:
        return None
    return facts["study_year"] in range(params["least"], params["most"] + 1)


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
        return list(facts["history"])
    return [row for row in facts["history"] if row[scope] == getattr(context, scope)]


def rule_application_limit(params: Any, facts: Facts, context: Context) -> bool | None:
    if facts["history"] is None:
        return None
    rows = in_scope(params, facts, context)
    if "days" in params:
        recent = {context.on - n * ONE_DAY for n in range(params["days"])}
        rows = [row for row in rows if row["applied_on"] in recent or row["applied_on"] > context.on]
    most: int = params["most"]
    return len(rows) < most


def rule_wait_after_rejection(params: Any, facts: Facts, context: Context) -> bool | None:
    if facts["history"] is None:
        return None
    rejected = [row for row in in_scope(params, facts, context) if row["state"] == "rejected"]
    ended = [row["ended_on"] for row in rejected]
    return all(day is not None and day + params["days"] * ONE_DAY < context.on for day in ended)


def rule_not_hired(params: Any, facts: Facts, context: Context) -> bool | None:
    if facts["history"] is None:
        return None
    return not any(row["state"] == "hired" for row in in_scope(params, facts, context))


def rule_referral(params: Any, facts: Facts, context: Context) -> bool | None:
    told: bool | None = facts["referral"]
    return told

"""Examples for the API document of what a verdict looks like; a test compares them with real ones."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

REQUEST: dict[str, Any] = {"posting": 1, "facts": {"graduation": "2026-06"}}


def _verdict(whole: str, **rule: Any) -> dict[str, Any]:
    asked = {
        "kind": "graduation_window",
        "negated": False,
        "bound": {"ranges": [{"from": "2025-11-01", "to": "2026-10-31"}]},
        "remedy": None,
        "alternatives": [],
    }
    return {
        "posting": 1,
        "outcome": whole,
        "sentence": {
            "en": "Required: graduation from November 2025 to October 2026.",
            "zh": "要求：2025年11月至2026年10月毕业。",
        },
        "rules": [asked | rule],
        "preferred": [],
        "rule_sets": [{"id": 1, "scope": "posting", "version": 1}],
    }


ELIGIBLE = _verdict(
    "eligible",
    outcome="met",
    code="graduation_window_met",
    fact={"graduation": "2026-06"},
    sentence={
        "en": "Met: graduation from November 2025 to October 2026.",
        "zh": "符合：2025年11月至2026年10月毕业。",
    },
)
NOT_ELIGIBLE = _verdict(
    "not_eligible",
    outcome="not_met",
    code="graduation_after_window",
    fact={"graduation": "2027-06"},
    sentence={
        "en": "Your graduation, June 2027, is after this window, which ends in October 2026.",
        "zh": "您的毕业时间（2027年6月）晚于本次招聘范围，该范围至2026年10月止。",
    },
    remedy={
        "en": "One other campaign of this employer accepts June 2027.",
        "zh": "该雇主另有1个招聘项目接受2027年6月。",
    },
    alternatives=[{"campaign": "summer-2027", "name": "Summer 2027", "name_zh": "2027届暑期实习"}],
)
UNKNOWN = _verdict(
    "unknown",
    outcome="unknown",
    code="graduation_window_unknown",
    fact={"graduation": None},
    sentence={
        "en": "This cannot be decided without your month of graduation.",
        "zh": "缺少毕业年月，无法判断。",
    },
    remedy={"en": "Fill in your month of graduation.", "zh": "请填写毕业年月。"},
)
VERDICTS = [
    OpenApiExample(document["outcome"], value=document, response_only=True)
    for document in (ELIGIBLE, NOT_ELIGIBLE, UNKNOWN)
]

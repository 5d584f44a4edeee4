"""Sentences about who may apply, as employers write them: each is a tree, and reads back."""

from __future__ import annotations

from typing import Any

import pytest

from ats.eligibility.trees import read_rules


def rule(kind: str, **params: Any) -> dict[str, Any]:
    return {"kind": kind, "params": params}


def graduating(**window: str) -> dict[str, Any]:
    return rule("graduation_window", ranges=[{name.rstrip("_"): text for name, text in window.items()}])


SENTENCES: list[tuple[str, Any, str, str]] = [
    (
        "Graduating between November 2026 and 30 October 2027, mainland or overseas",
        graduating(from_="2026-11", to="2027-10-30"),
        "Required: graduation from November 2026 to 30 October 2027.",
        "要求：2026年11月至2027年10月30日毕业。",
    ),
    (
        "Class of 2027 and later",
        graduating(from_="2027-01"),
        "Required: graduation in January 2027 or later.",
        "要求：2027年1月及以后毕业。",
    ),
    (
        "2026届及以前的毕业生",
        graduating(to="2026-12"),
        "Required: graduation by December 2026.",
        "要求：2026年12月及以前毕业。",
    ),
    (
        "Penultimate-year students, bachelor or above",
        {"all": [rule("years_left", least=2, most=2), rule("degree", least="bachelor")]},
        "Required: the penultimate year of study; a bachelor's degree or higher.",
        "要求：毕业前一年级；本科及以上学历。",
    ),
    (
        "在校生，大三及以上",
        {"all": [rule("enrolled"), rule("study_year", least=3)]},
        "Required: currently enrolled; year 3 of study or later.",
        "要求：在校生（目前在读）；在读3年级及以上。",
    ),
    (
        "毕业两年内未就业",
        {"all": [rule("graduation_within", from_months=-24, to_months=0), rule("not_employed")]},
        "Required: graduated within the last 24 months; not employed since graduation.",
        "要求：毕业24个月以内；毕业后未就业。",
    ),
    (
        "Must return to school for at least three months after the internship begins",
        rule("graduation_within", from_months=3, start="2027-06-01"),
        "Required: graduation not before 3 months after the start on 1 June 2027.",
        "要求：不早于入职日（2027年6月1日）后3个月毕业。",
    ),
    (
        "Graduating within the next twelve months",
        rule("graduation_within", from_months=0, to_months=12),
        "Required: graduation within the next 12 months.",
        "要求：12个月内毕业。",
    ),
    (
        "GPA of 3.5 or above on a 4.0 scale",
        rule("grade", least=3.5, scale=4.0),
        "Required: a grade of at least 3.5 of 4.",
        "要求：绩点不低于3.5（满分4）。",
    ),
    (
        "平均分85以上或专业排名前10%",
        {"any": [rule("grade", least=85, scale=100), rule("grade", top_percent=10)]},
        "Required: either an average of at least 85 % or a rank in the best 10 % of the class.",
        "要求：满足其一：平均成绩不低于85分（百分制）或排名前10%。",
    ),
    (
        "CET-4 of 425 or IELTS 6.5",
        {
            "any": [
                rule("language_test", test="cet4", least=425),
                rule("language_test", test="ielts", least=6.5),
            ]
        },
        "Required: either CET-4 of at least 425 or IELTS of at least 6.5.",
        "要求：满足其一：大学英语四级425分及以上或雅思6.5分及以上。",
    ),
    (
        "985/211院校硕士优先",
        {
            "preferred": {
                "all": [rule("institution_tier", tiers=["985", "211"]), rule("degree", least="master")]
            }
        },
        "Preferred: an institution of the list 211 or 985; a master's degree or higher.",
        "优先考虑：211或985院校；硕士及以上学历。",
    ),
    (
        "Bachelor's degree required, fluent Japanese preferred",
        {
            "all": [
                rule("degree", least="bachelor"),
                {"preferred": rule("language", language="ja", level="C1")},
            ]
        },
        "Required: a bachelor's degree or higher. Preferred: Japanese at C1 or better.",
        "要求：本科及以上学历。优先考虑：日语C1及以上。",
    ),
    (
        "At least three months, four days a week",
        rule("availability", weeks=12, days_per_week=4),
        "Required: available for 12 weeks and 4 days a week.",
        "要求：可实习：至少12周、每周至少4天。",
    ),
    (
        "One application per season; six months' wait after an interview",
        {
            "all": [
                rule("application_limit", most=1, scope="campaign"),
                rule("wait_after_interview", months=6, scope="department"),
            ]
        },
        "Required: at most 1 application in this campaign;"  # noqa: ISC004
        " no interview in this department within the last 6 months.",
        "要求：本次招聘中最多投递1次；本部门内最近6个月内未参加面试。",
    ),
    (
        "被拒后三个月内不可再投本部门",
        rule("wait_after_rejection", months=3, scope="department"),
        "Required: no rejection in this department within the last 3 months.",
        "要求：本部门内最近3个月内未被拒绝。",
    ),
    (
        "Computer science or related, no doctoral students",
        {"all": [rule("major", words=["Computer"]), rule("degree", most="master")]},
        "Required: a major in computer; a master's degree at most.",
        "要求：computer相关专业；硕士及以下学历。",
    ),
    (
        "Right to work in Singapore, or referred by an employee",
        {"any": [rule("work_authorisation", countries=["SG"]), rule("referral")]},
        "Required: either the right to work in Singapore or a referral by an employee.",
        "要求：满足其一：可在新加坡合法工作或需员工内推。",
    ),
    (
        "Universities outside of mainland China",
        {"not": rule("institution_region", regions=["mainland"])},
        "Required: not: an institution in mainland China.",
        "要求：不得为：院校位于中国内地。",
    ),
    (
        "First or second year of a bachelor's programme in Hong Kong, Macao or Taiwan, not hired already",
        {
            "all": [
                rule("study_year", most=2),
                rule("degree", least="bachelor", most="bachelor"),
                rule("institution_region", regions=["hmt"]),
                rule("not_hired", scope="campaign"),
            ]
        },
        "Required: year 2 of study at most; a bachelor's degree;"  # noqa: ISC004
        " an institution in Hong Kong, Macao or Taiwan; not hired already in this campaign.",
        "要求：在读2年级及以下；本科学历；院校位于港澳台地区；本次招聘中尚未被录用。",
    ),
]


@pytest.mark.parametrize(("written", "tree", "en", "zh"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_a_sentence_is_a_tree_and_reads_back(written: str, tree: Any, en: str, zh: str) -> None:
    assert read_rules(tree).describe().document() == {"en": en, "zh": zh}

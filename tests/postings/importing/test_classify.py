from __future__ import annotations

from collections import Counter

import pytest

from ats.common.reference import reference
from ats.postings.importing.classify import Classifier, Term, Verdict

TERMS = (
    Term(term="software", track="engineering", weight=20),
    Term(term="data", track="data", weight=20),
    Term(term="data science", track="research", weight=20),
    Term(term="security", track="security", weight=30),
    Term(term="tests", track="testing", weight=20),
    Term(term="trade", track="finance", weight=20),
    Term(term="测试", track="testing", weight=20),
    Term(term="AI产品", track="product", weight=20),
    Term(term="R&D", track="research", weight=10),
    Term(term="ai", is_ai=True),
    Term(term="大模型", is_ai=True),
)


@pytest.mark.parametrize(
    ("title", "category", "verdict"),
    [
        ("Software Intern", "", Verdict("engineering", False)),
        ("Security Software Intern", "", Verdict("security", False)),  # the heavier
        ("Data Science Intern", "", Verdict("research", False)),  # the longer
        ("Tests and Trade Intern", "", Verdict("testing", False)),  # the first of the table
        ("Metadata Intern", "", Verdict("unclassified", False)),  # whole Latin words
        ("软件测试实习生", "", Verdict("testing", False)),  # Chinese anywhere
        ("高级AI产品经理", "", Verdict("product", True)),
        ("r & d intern", "", Verdict("research", False)),
        ("ＳＯＦＴＷＡＲＥ-intern", "", Verdict("engineering", False)),
        ("Intern", "Software Engineering", Verdict("engineering", False)),
        ("Security Intern", "Software Engineering", Verdict("security", False)),  # title first
        ("Data Intern", "AI", Verdict("data", True)),
        ("大模型实习生", "", Verdict("unclassified", True)),
        ("Aida Intern", "", Verdict("unclassified", False)),
        ("", "", Verdict("unclassified", False)),
    ],
)
def test_the_heaviest_then_longest_then_first_term_of_the_title_decides(
    title: str, category: str, verdict: Verdict
) -> None:
    assert Classifier(TERMS).judge(title=title, category=category) == verdict


def test_without_terms_nothing_is_guessed() -> None:
    assert Classifier([]).judge(title="Software Engineer") == Verdict("unclassified", False)


@pytest.fixture(scope="module")
def shipped() -> Classifier:
    return Classifier(
        Term(**{"track": "", "is_ai": False, "weight": 0, **row}) for row in reference("track_terms")["term"]
    )


@pytest.mark.parametrize(
    ("title", "track", "is_ai"),
    [
        ("Software Engineer Intern - AI/ML", "algorithms", True),
        ("Product Manager Intern, Security", "product", False),
        ("Cybersecurity Software Engineer", "security", False),
        ("Hardware Verification Intern", "hardware", False),
        ("Quantitative Trader Intern", "finance", False),
        ("Data Science Intern", "data", False),
        ("Technical Recruiting Intern - AI & Automation", "hr", True),
        ("UX Design Intern", "design", False),
        ("Civil Engineering Analyst", "engineering", False),
        ("渲染算法实习生", "algorithms", False),
        ("大模型算法实习生", "algorithms", True),
        ("数据产品实习生", "product", False),
        ("数据运营实习生", "operations", False),
        ("大客户销售实习生", "sales", False),
        ("境内法务实习生（数据合规）", "legal", False),
        ("软件测试工程师", "testing", False),
        ("Python大数据分析特训营课程/培训招生", "unclassified", False),
        ("AI 安全实习生", "security", True),
        ("直播招聘主播", "marketing", False),
        ("仓库分拣员", "supply-chain", False),
        ("资金管理专员", "finance", False),
        ("农产品质检实习生", "unclassified", False),
        ("Summer Internship Program", "unclassified", False),
    ],
)
def test_the_shipped_table(shipped: Classifier, title: str, track: str, is_ai: bool) -> None:
    assert shipped.judge(title=title) == Verdict(track, is_ai)


def test_the_shipped_table_has_each_term_once_and_only_known_tracks() -> None:
    rows = reference("track_terms")["term"]
    known = {row["code"] for row in reference("tracks")["track"]}

    assert [term for term, n in Counter(row["term"] for row in rows).items() if n > 1] == []
    assert {row["track"] for row in rows if "track" in row} <= known

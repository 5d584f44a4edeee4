"""What is proposed for each field, and what is left alone because it cannot be told."""

from __future__ import annotations

import pytest

from ats.common.degrees import degree_named
from ats.people.resumes.fields.education import educations
from ats.people.resumes.fields.email import email
from ats.people.resumes.fields.lines import lines_of
from ats.people.resumes.fields.months import months
from ats.people.resumes.fields.name import name
from ats.people.resumes.fields.phone import phone
from ats.people.resumes.fields.schools import school


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("June 2026", ["2026-06"]),
        ("Expected Sept. 2026", ["2026-09"]),
        ("Sep 2022 – Jun 2026", ["2022-09", "2026-06"]),
        ("2022.09-2026.06", ["2022-09", "2026-06"]),
        ("2022年9月至2026年6月", ["2022-09", "2026-06"]),
        ("2022 年 09 月 – 2026 年 06 月", ["2022-09", "2026-06"]),
        ("2022/9 ~ 2026/6", ["2022-09", "2026-06"]),
        ("09/2022 - 06/2026", ["2022-09", "2026-06"]),
        ("Sept 2023 – Present", []),
        ("2023.09 至今", []),
        ("2023.09 - 2024", ["2023-09"]),
        ("2026", []),
        ("2022 - 2026", []),
        ("2026.13", []),
        ("Maybe 2026, Marching 2026", []),
    ],
)
def test_months(line: str, told: list[str]) -> None:
    assert list(months(*lines_of(line))) == told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("+86 138-0000-0000", "+86 138-0000-0000"),
        ("(+86) 13800000000", "(+86) 13800000000"),
        ("电话：138 0000 0000", "138 0000 0000"),
        ("Tel. +1 (650) 253-0000 x", "+1 (650) 253-0000"),
        ("+44 20 7946 0958", "+44 20 7946 0958"),
        ("010-62781234", "010-62781234"),
        ("2022.09-2026.06", ""),
        ("2018-2022", ""),
        ("110101199003070000", ""),
        ("github.com/users/1234567890", ""),
        ("a1234567890@example.com", ""),
        ("GPA 3.97/4.00", ""),
    ],
)
def test_phone(line: str, told: str) -> None:
    assert phone(lines_of(line)) == told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Mail: Li.Na+jobs@Mail.Example.edu.cn.", "li.na+jobs@mail.example.edu.cn"),
        ("(li@example.com)", "li@example.com"),
        ("邮箱：li@example.com电话", "li@example.com"),
        ("li@example", ""),
        ("@example.com", ""),
    ],
)
def test_email(line: str, told: str) -> None:
    assert email(lines_of(line)) == told


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (["Resume", "Li Na", "Beijing"], "Li Na"),
        (["个人简历", "李娜"], "李娜"),
        (["姓名：李娜 | 男 | 23岁"], "李娜"),
        (["Name: Li Na"], "Li Na"),
        (["欧 阳 娜 娜"], "欧阳娜娜"),
        (["Jean-Luc O'Neill de la Cruz"], "Jean-Luc O'Neill de la Cruz"),
        (["Last updated in Mar 2026", "Boğaç Türkiye"], "Boğaç Türkiye"),
        (["JOHN SMITH, PhD"], "JOHN SMITH"),
        (["Li Na | Software Engineer"], "Li Na"),
        (["looking for an internship", "li@example.com"], ""),
        ([], ""),
    ],
)
def test_name(head: list[str], told: str) -> None:
    assert name(head) == told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Tsinghua University", "Tsinghua University"),
        (
            "Massachusetts Institute of Technology (MIT), Cambridge, MA",
            "Massachusetts Institute of Technology",
        ),
        ("University of California, Berkeley | 2016", "University of California, Berkeley"),
        ("University of Washington, Seattle, WA", "University of Washington"),
        ("PhD Princeton University, Computer Science", "Princeton University"),
        ("B.Sc. in Physics, University of Oxford – 06/2026", "University of Oxford"),
        ("清华大学（985） 计算机系 本科 2022.09-2026.06", "清华大学"),
        ("2022.09 – 2026.06 北京大学 信息科学技术学院", "北京大学"),
        ("Bachelor of Arts, Business Administration", ""),
        ("GPA: 3.9, top 5% of the university", ""),
    ],
)
def test_school(line: str, told: str) -> None:
    assert school(*lines_of(line)) == told


OXFORD = {"institution": "University of Oxford", "studyType": "MSc", "endDate": "2026-06"}
TSINGHUA = {"institution": "Tsinghua University", "studyType": "BEng", "endDate": "2024-06"}


IN_ANY_ORDER = {
    "school first": """
        University of Oxford
        MSc in Maths
        2024.09 - 2026.06
        Tsinghua University
        BEng in Software
        2020.09 - 2024.06""",
    "date first": """
        2024.09 - 2026.06
        University of Oxford
        MSc in Maths
        2020.09 - 2024.06
        Tsinghua University
        BEng in Software""",
    "degree first": """
        MSc in Maths
        University of Oxford | June 2026
        • Award of 2031.01
        BEng in Software
        Tsinghua University | June 2024""",
    "one line": """
        MSc, University of Oxford, June 2026
        BEng, Tsinghua University, June 2024""",
}


@pytest.mark.parametrize("order", IN_ANY_ORDER)
def test_education_in_any_order(order: str) -> None:
    assert educations(lines_of(IN_ANY_ORDER[order])) == [OXFORD, TSINGHUA]


def test_education_that_is_not_told_in_full() -> None:
    assert educations(["MIT", "2023", "清华大学", "2023.09 - 至今", "硕士在读"]) == [
        {"institution": "MIT"},
        {"institution": "清华大学", "studyType": "硕士"},
    ]
    assert educations(["I have learnt much.", "June 2026"]) == []


TWO_DEGREES = {
    "dates beside": """
        Stanford University, Stanford, CA
        MS Computer Science    Sep 2024 - Jun 2026
        B.S. Mathematics    Sep 2020 - Jun 2024""",
    "dates below": """
        Stanford University
        Master of Science in Computer Science
        Sep 2024 - Jun 2026
        Bachelor of Science in Mathematics
        Sep 2020 - Jun 2024""",
    "dates above": """
        Stanford University
        Sep 2024 - Jun 2026
        MSc Computer Science
        Sep 2020 - Jun 2024
        BSc Mathematics""",
}


@pytest.mark.parametrize("layout", TWO_DEGREES)
def test_two_degrees_of_one_school_are_two_courses(layout: str) -> None:
    courses = educations(lines_of(TWO_DEGREES[layout]))

    assert [(row["institution"], degree_named(row["studyType"]), row["endDate"]) for row in courses] == [
        ("Stanford University", 4, "2026-06"),
        ("Stanford University", 3, "2024-06"),
    ]

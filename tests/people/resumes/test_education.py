"""Which degree and which graduation belong to which school, in whatever order they stand."""

from __future__ import annotations

import pytest

from ats.people.resumes.fields import propose
from ats.people.resumes.fields.education import educations
from ats.people.resumes.fields.lines import lines_of
from ats.people.resumes.fields.schools import school

Course = tuple[str, str, str]


def courses(text: str) -> list[Course]:
    rows = educations(lines_of(text))
    return [(row["institution"], row.get("studyType", ""), row.get("endDate", "")) for row in rows]


@pytest.mark.parametrize(
    ("line", "found"),
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
        ("Bachelor of Science in Physics from MIT", "MIT"),
        ("School of Computer Science, Carnegie Mellon University", "Carnegie Mellon University"),
        ("Sep 2025 – Jun 2027 University of Washington Computer Science", "University of Washington"),
        ("Georgia Tech", "Georgia Tech"),
        ("Technische Universität München, M.Sc.", "Technische Universität München"),
        ("Université Grenoble Alpes", "Université Grenoble Alpes"),
        ("清华大学（985） 计算机系 本科 2022.09-2026.06", "清华大学"),
        ("2022.09 – 2026.06 北京大学 信息科学技术学院", "北京大学"),
        ("清华大学计算机科学与技术专业本科", "清华大学"),
        ("就读于浙江大学竺可桢学院", "浙江大学竺可桢学院"),
        ("浙江大学城市学院", "浙江大学城市学院"),
        ("中国石油大学（华东）", "中国石油大学(华东)"),
        ("电子科技大学（中山学院）", "电子科技大学(中山学院)"),
        ("國立臺灣大學 資訊工程學系", "國立臺灣大學"),
        ("東京大学大学院 情報理工学系研究科", "東京大学"),
        ("서울대학교 컴퓨터공학부", "서울대학교"),
        ("Bachelor of Arts, Business Administration", ""),
        ("GPA: 3.9, top 5% of the university", ""),
        ("通过大学英语六级", ""),
        ("全国大学生数学建模竞赛一等奖", ""),
        ("Outstanding Graduate of Zhejiang University", ""),
        ("清华大学优秀毕业生", ""),
        ("Coursework: University Physics, College Algebra", ""),
    ],
)
def test_a_school(line: str, found: str) -> None:
    assert school(*lines_of(line)) == found


OXFORD, TSINGHUA = ("University of Oxford", "MSc", "2026-06"), ("Tsinghua University", "BEng", "2024-06")
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
    "one line each": """
        MSc, University of Oxford, June 2026
        BEng, Tsinghua University, June 2024""",
    "one line": "University of Oxford MSc 2024.09-2026.06 Tsinghua University BEng 2020.09-2024.06",
    "columns": """
        University of Oxford
        Tsinghua University
        MSc
        BEng
        2024.09 - 2026.06
        2020.09 - 2024.06""",
    "a table": """
        Period\tSchool\tDegree
        2024.09 - 2026.06\tUniversity of Oxford\tMSc
        2020.09 - 2024.06\tTsinghua University\tBEng""",
    "bullets": """
        - University of Oxford, MSc, 2024.09 - 2026.06
        - Tsinghua University, BEng, 2020.09 - 2024.06""",
    "both ends on separate lines": """
        2026.06
        2024.09
        University of Oxford, MSc
        2024.06
        2020.09
        Tsinghua University, BEng""",
}


@pytest.mark.parametrize("order", IN_ANY_ORDER)
def test_education_in_any_order(order: str) -> None:
    assert courses(IN_ANY_ORDER[order]) == [OXFORD, TSINGHUA]


def test_education_that_is_not_said_in_full() -> None:
    assert courses("MIT\n2023\n清华大学\n2023.09 - 至今\n硕士在读") == [
        ("MIT", "", ""),
        ("清华大学", "硕士", ""),
    ]
    assert courses("I have learnt much.\nJune 2026") == []


TWO_DEGREES = {
    "dates beside": """
        Stanford University, Stanford, CA
        MS Computer Science    Sep 2024 - Jun 2026
        BS Mathematics    Sep 2020 - Jun 2024""",
    "dates below": """
        Stanford University
        MS in Computer Science
        Sep 2024 - Jun 2026
        BS in Mathematics
        Sep 2020 - Jun 2024""",
    "dates above": """
        Stanford University
        Sep 2024 - Jun 2026
        MS Computer Science
        Sep 2020 - Jun 2024
        BS Mathematics""",
}


@pytest.mark.parametrize("layout", TWO_DEGREES)
def test_two_degrees_of_one_school_are_two_courses(layout: str) -> None:
    assert courses(TWO_DEGREES[layout]) == [
        ("Stanford University", "MS", "2026-06"),
        ("Stanford University", "BS", "2024-06"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MIT, BSc\n08/20/2023 - 05/20/2027", ("MIT", "BSc", "2027-05-20")),
        ("MIT, BSc, Sep 2023 – Present (Expected May 2027)", ("MIT", "BSc", "2027-05")),
        ("MIT, Expected Graduation: May 2027\nBSc", ("MIT", "BSc", "2027-05")),
        ("浙江大学 本科 预计2027年6月毕业", ("浙江大学", "本科", "2027-06")),
        ("MIT, BSc\nGPA: 4.9/5.0 (June 2025)\nDean's List, May 2024", ("MIT", "BSc", "")),
        ("MIT, BSc, Sep 2023 - Jun 2027\nNational Scholarship, Oct 2028", ("MIT", "BSc", "2027-06")),
        ("清华大学 本科 2023.09-2027.06\n国家奖学金 2028.10", ("清华大学", "本科", "2027-06")),
        ("清华大学 本科\n入学时间：2023.09\n毕业时间：2027.06.30", ("清华大学", "本科", "2027-06-30")),
        ("MIT, BSc, enrolled September 2023", ("MIT", "BSc", "")),
        ("MIT, BSc, 03/04/2027", ("MIT", "BSc", "")),
        ("Harvard University, Cambridge, MA\nA.B., May 2026", ("Harvard University", "A.B.", "2026-05")),
        ("MIT, BSc, Aug 2022 - May 2026\nMinor in Economics, May 2025", ("MIT", "BSc", "2026-05")),
    ],
)
def test_a_graduation_is_what_is_said_to_be_one(text: str, found: Course) -> None:
    assert courses(text) == [found]


def test_a_visit_to_another_school_has_no_graduation() -> None:
    assert courses("复旦大学 本科 2021.09-2025.06\nExchange, University of Tokyo, Sep 2023 - Feb 2024") == [
        ("复旦大学", "本科", "2025-06"),
        ("University of Tokyo", "", ""),
    ]


def test_enrolment_and_graduation_on_separate_lines_are_one_course() -> None:
    assert courses("2020年4月 東京大学 入学\n2024年3月 東京大学 学士 卒業") == [
        ("東京大学", "学士", "2024-03")
    ]


HEADINGS = (
    *("Education", "EDUCATION", "Academic Background", "Education & Training", "Educational Qualifications"),
    *("Education History", "Education and Certifications", "E D U C A T I O N", "2. Education:"),
    *(
        "教育背景",
        "教育经历",
        "【教育经历】",
        "一、教育背景",
        "教 育 背 景",
        "学历",
        "求学经历",
        "教育背景 Education",
    ),
    *("學歷", "學歷背景", "教育程度", "学歴", "最終学歴", "学歴・職歴", "학력", "학력사항", "학력 사항"),
    *("Ausbildung", "Bildungsweg", "Studium", "Formation", "Parcours académique", "Études"),
    *("Educación", "Formación académica", "Estudios", "Istruzione e formazione", "Formação acadêmica"),
)


@pytest.mark.parametrize("heading", HEADINGS)
def test_education_is_found_under_its_usual_headings(heading: str) -> None:
    text = f"Li Na\n{heading}\nMIT, BSc, June 2026\nSkills\nTaught at Boston University until May 2031"

    assert propose(text)["education"] == [{"institution": "MIT", "studyType": "BSc", "endDate": "2026-06"}]

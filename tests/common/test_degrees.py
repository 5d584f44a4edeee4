from __future__ import annotations

import pytest

from ats.common.degrees import degree_named
from ats.models import Degree

BACHELOR, MASTER, DOCTOR = Degree.BACHELOR, Degree.MASTER, Degree.DOCTOR


@pytest.mark.parametrize(
    ("level", "texts"),
    [
        (BACHELOR, ["BS", "B.S.", "B. S.", "BA", "B.A.", "BE", "B.E.", "b.e.", "BSc", "bsc", "B.Sc. (Hons)"]),
        (
            BACHELOR,
            ["BEng", "B.Tech", "BS, Boston", "计算机科学 BE", "Bachelor's degree", "本科", "学士学位"],
        ),
        (
            MASTER,
            ["MS", "M.S.", "MA (Cantab)", "MSc", "M.Eng.", "MBA", "LL.M.", "Master of Arts", "硕士研究生"],
        ),
        (MASTER, ["BS/MS Computer Science"]),
        (BACHELOR, ["學士", "학사", "Licenciatura", "Laurea Triennale", "бакалавр", "Licence 3"]),
        (
            MASTER,
            [
                "碩士",
                "修士課程",
                "博士前期課程",
                "석사",
                "Diplom-Informatiker",
                "Laurea Magistrale",
                "M.Arch",
            ],
        ),
        (DOCTOR, ["博士後期課程", "박사", "Dr. rer. nat.", "Doctorat", "phd"]),
        (Degree.ASSOCIATE, ["大专", "專科", "副学士", "전문학사", "Diploma"]),
        (Degree.SECONDARY, ["高中", "고등학교", "Abitur", "High School Diploma", "Baccalauréat"]),
        (None, ["博士后", "研究生院", "Associate Professor", "Scrum Master", "March 2026", "ms"]),
        (DOCTOR, ["PhD", "Ph.D.", "Ph. D. in Physics", "DPhil", "Doctor of Laws", "博士研究生"]),
        (None, ["", "To be determined", "Ma", "be", "Abs", "Mississippi"]),
    ],
)
def test_the_level_that_a_text_names(level: Degree | None, texts: list[str]) -> None:
    assert [degree_named(text) for text in texts] == [level] * len(texts)

"""What is proposed for each field, and what is left alone because it cannot be known."""

from __future__ import annotations

import pytest

from ats.people.resumes.fields import propose
from ats.people.resumes.fields.email import email
from ats.people.resumes.fields.lines import lines_of
from ats.people.resumes.fields.name import name
from ats.people.resumes.fields.phone import phone
from ats.people.resumes.fields.sections import Section, sections


def read(text: str) -> list[Section]:
    return sections(lines_of(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("+86 138-0000-0000", "+86 138-0000-0000"),
        ("(+86) 13800000000", "(+86) 13800000000"),
        ("电话：138 0000 0000", "138 0000 0000"),
        ("Tel. +1 (650) 253-0000 x", "+1 (650) 253-0000"),
        ("+44 20 7946 0958", "+44 20 7946 0958"),
        ("010-62781234", "010-62781234"),
        ("王强 +86 138 0013 8000 男", "+86 138 0013 8000"),
        ("13800138000 2001.05", "13800138000"),
        ("手机（微信同号）：13800138000", "13800138000"),
        ("QQ：123456789 电话：13800138000", "13800138000"),
        ("电话 | 13800138000 | QQ | 123456789", "13800138000"),
        ("手机\n13800138000", "13800138000"),
    ],
)
def test_a_telephone_number(text: str, found: str) -> None:
    assert phone(read(text)) == found


@pytest.mark.parametrize(
    "text",
    [
        *("2022.09-2026.06", "2018-2022", "202309-202706", "20230901-20270630", "08/20/2023 - 05/20/2027"),
        *("110101199003070000", "github.com/users/1234567890", "a1234567890@example.com", "GPA 3.97/4.00"),
        *(
            "QQ：1380013800",
            "QQ 13800138000",
            "微信: 13800138000",
            "WeChat ID: 13800138000",
            "qq\n1380013800",
        ),
        *(
            "Passport No. 503871264",
            "护照：E12345678",
            "护照号码 | 503871264",
            "身份证号：110101200001011234",
        ),
        *("Student ID: 2021012345", "学号：2021012345", "ORCID 0000-0002-1825-0097", "Fax: +1 650 253 0000"),
        *("紧急联系人：刘父 13900139000", "推荐人电话：13900139000", "Emergency contact: +1 650 253 0000"),
        "References\nProf. Moss, +1 650 253 0000",
        "推荐人\n何教授 电话：13900139000",
    ],
)
def test_a_number_that_is_no_telephone_of_the_person(text: str) -> None:
    assert phone(read(text)) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mail: Li.Na+jobs@Mail.Example.edu.cn.", "li.na+jobs@mail.example.edu.cn"),
        ("(li@example.com)", "li@example.com"),
        ("邮箱：li@example.com电话", "li@example.com"),
        ("Li Na\nReferences\nMoss, moss@example.com", ""),
        ("Supervisor: moss@example.com\nLi Na\nli@example.com", "li@example.com"),
        ("导师：何教授（he@example.com）", ""),
        ("Li Na\nSkills\nGo\nReferences\nmoss@example.com\nContact\nli@example.com", "li@example.com"),
        ("Li Na\nWork Experience\nBuilt help@one.example\nand sales@one.example", ""),
        ("li@example", ""),
        ("@example.com", ""),
    ],
)
def test_an_address(text: str, found: str) -> None:
    assert email(read(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Resume\nLi Na\nBeijing", "Li Na"),
        ("个人简历\n李娜", "李娜"),
        ("张伟的个人简历", "张伟"),
        ("Curriculum Vitae: Jane Roe", "Jane Roe"),
        ("姓名：李娜 | 男 | 23岁", "李娜"),
        ("姓名：王小明　性别：男", "王小明"),
        ("姓名 | 王小明 | 性别 | 男", "王小明"),
        ("姓 名\t王 小 明\t性 别\t男", "王小明"),
        ("姓名 王小明 性别 男", "王小明"),
        ("姓名\n王小明\n性别\n男", "王小明"),
        ("姓名 | 性别 | 籍贯\n王小明 | 男 | 山东", "王小明"),
        ("基本信息\n【姓名】王小明", "王小明"),
        ("Name: Li Na", "Li Na"),
        ("First name: Ada\nSurname: Byron", "Ada Byron"),
        ("欧 阳 娜 娜", "欧阳娜娜"),
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        ("张三（Zhang San）", "张三"),
        ("王强 +86 138 0013 8000", "王强"),
        ("李娜 前端工程师", "李娜"),
        ("陳怡君", "陳怡君"),
        ("김민수\n010-1234-5678", "김민수"),
        ("이력서\n성명: 남궁민수", "남궁민수"),
        ("氏名 山田 太郎\nふりがな やまだ たろう", "山田 太郎"),
        ("Jean-Luc O'Neill de la Cruz", "Jean-Luc O'Neill de la Cruz"),
        ("Last updated in Mar 2026\nBoğaç Türkiye", "Boğaç Türkiye"),
        ("JOHN SMITH, PhD", "JOHN SMITH"),
        ("Dr. Ada Byron", "Ada Byron"),
        ("Li Na | Software Engineer", "Li Na"),
        ("Software Engineer\nPalo Alto, California\nJane Roe", "Jane Roe"),
        ("产品经理\n石家庄\n中共党员\n李明", "李明"),
        ("Иван Петров", "Иван Петров"),
        ("某某\nm@example.com", "某某"),
        ("Contact\njane.roe@example.com\nSkills\nGo\nJane Roe\nWork Experience\nAcme", "Jane Roe"),
    ],
)
def test_a_name(text: str, found: str) -> None:
    assert name(read(text)) == found


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "looking for an internship\nli@example.com",
            "Resume Sample",
            "Sample Resume",
            "Curriculum Vitae",
        ),
        *(
            "Software Engineer",
            "Machine Learning Intern",
            "Product Manager",
            "高级工程师",
            "项目经理",
            "백엔드 개발자",
        ),
        *("Beijing, China", "San Francisco, CA", "New York", "Hong Kong", "石家庄", "金华", "温州市", "서울"),
        *("中共党员", "汉族", "应届毕业生", "男 | 25岁 | 北京", "共青团员\n未婚"),
        *(
            "Career Highlights",
            "Strategic Planning",
            "Professional Summary",
            "个人信息",
            "教育背景",
            "自我评价",
        ),
        *("姓名：", "姓名\n性别\n男", "中文简历模板", "Passport No. | 503871264", "姓名：性别：男"),
        "References\nJane Roe\njane.roe@example.com",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert name(read(text)) == ""


def test_what_a_table_of_particulars_tells_is_education_too() -> None:
    assert propose("姓名\t李娜\n毕业院校\t清华大学\n学历\t硕士\n毕业时间\t2026年6月30日") == {
        "basics": {"name": "李娜"},
        "education": [{"institution": "清华大学", "studyType": "硕士", "endDate": "2026-06-30"}],
    }

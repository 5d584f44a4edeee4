"""Lists of people in files: found by their headers, each bad row reported alone, nobody twice."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command

from ats.applications.applicant_lists import ApplicantReport, import_list, read_applicants
from ats.common.errors import Invalid
from ats.common.tables.outcomes import LeftOut
from ats.models import Application, Candidate, Degree, Education, Membership, Posting
from tests.factories import a_client, a_member, a_posting, an_organisation

pytestmark = pytest.mark.django_db

CHINESE = (
    "校园宣讲会签到表,,,,,\n"
    "姓名,邮箱,手机,学校,学历,毕业时间\n"
    "李娜,li.na@example.com,138 0013 8000,同济大学,硕士研究生,2027年6月\n"
    "王伟,,13900139000,某学院,本科,2027-06-30\n"
    ",x@example.com,,,,\n"
    "赵敏,不是邮箱,,,,\n"
    "孙强,,,某学院,小学生,\n"
    "周杰,,,某学院,,2027\n"
)


@pytest.fixture
def posting() -> Posting:
    return a_posting(an_organisation())


@pytest.fixture
def member(posting: Posting) -> Membership:
    return a_member(posting.organisation)


def imported(member: Membership, posting: Posting, text: str, **options: Any) -> ApplicantReport:
    return import_list("people.csv", text.encode(), by=member, posting=posting, **options)


def test_each_bad_row_is_reported_alone_and_the_report_adds_up(member: Membership, posting: Posting) -> None:
    report = imported(member, posting, CHINESE)

    assert (report.read, report.done, report.already_applied) == (6, 2, 0)
    assert report.rejected == (
        LeftOut(5, "missing", "姓名 is empty."),
        LeftOut(6, "bad_email", "邮箱 is no e-mail address."),
        LeftOut(7, "bad_choice", "学历 is none of the known degrees: '小学生'."),
        LeftOut(8, "bad_month", "毕业时间 is no month or day: '2027'. Write it as 2027-06."),
    )
    assert {
        row.candidate.name: (row.degree, row.institution_name, str(row.graduation))
        for row in Education.objects.select_related("candidate")
    } == {
        "李娜": (Degree.MASTER, "同济大学", "2027-06"),
        "王伟": (Degree.BACHELOR, "某学院", "2027-06-30"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Name,Phone\nWang Wei,+86 139 0013 9000\nLi Na,13800138000\n",
        "Name,School,Graduation\nWang Wei,Harbour College,2027-06\nWang Wei,Quay College,2027-06\n",
        "Name\nWang Wei\nLi Na\n",
    ],
    ids=["phone", "studies", "name"],
)
def test_the_same_list_twice_recognises_people_without_an_e_mail(
    member: Membership, posting: Posting, text: str
) -> None:
    first = imported(member, posting, text)
    second = imported(member, posting, text)

    assert ((first.done, first.already_applied), (second.done, second.already_applied)) == ((2, 0), (0, 2))
    assert Candidate.objects.count() == 2


def test_one_phone_and_two_names_are_two_people(member: Membership, posting: Posting) -> None:
    report = imported(member, posting, "Name,Phone\nWang Wei,13900139000\nWang Min,13900139000\n")

    assert (report.done, Candidate.objects.count()) == (2, 2)


def test_the_language_of_the_import_is_that_of_its_people(member: Membership, posting: Posting) -> None:
    text = "Name,Email,Language\nLi Na,a@example.com,\nWang Wei,b@example.com,English\n"

    imported(member, posting, text, language="zh-hans")

    languages = dict(Candidate.objects.values_list("name", "language"))
    assert languages == {"Li Na": "zh-hans", "Wang Wei": "en"}


def test_a_row_may_name_its_source(member: Membership, posting: Posting) -> None:
    imported(member, posting, "Name,Source\nLi Na,fair\nWang Wei,\n", source="post")

    sources = dict(Application.objects.values_list("candidate__name", "source"))
    assert sources == {"Li Na": "fair", "Wang Wei": "post"}


def test_a_dry_run_keeps_nothing(member: Membership, posting: Posting) -> None:
    report = imported(member, posting, CHINESE, dry_run=True)

    assert (report.done, Candidate.objects.count(), Application.objects.count()) == (2, 0, 0)


def test_a_workbook_is_read_as_a_csv_is() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    for line in CHINESE.splitlines():
        book.active.append([cell or None for cell in line.split(",")])
    book.save(out)

    sheet, text = (read_applicants("people", content) for content in (out.getvalue(), CHINESE.encode()))

    assert sheet == text


def test_our_own_export_comes_back_unchanged(member: Membership, posting: Posting) -> None:
    people = [
        {"name": "=Li Na", "email": "li@example.com", "phone": "+1-415-555-2671", "institution": "@Harbour"},
        {"name": "O'Hara", "email": "o@example.com", "phone": "013800138000", "institution": "'Quay"},
    ]
    lines = ["Name,E-mail,Phone,School", *(",".join(person.values()) for person in people)]
    imported(member, posting, "\n".join(lines))
    answer: Any = a_client(member.account).get("/api/v1/applications/export/")
    exported = b"".join(answer.streaming_content)

    found = read_applicants("applications.csv", exported)

    fields = ("name", "email", "phone", "institution")
    again = [{field: listed.person[field] for field in fields} for listed in found.people]
    assert sorted(again, key=lambda person: person["email"]) == people


def test_a_list_without_names_is_refused_in_one_sentence(member: Membership, posting: Posting) -> None:
    with pytest.raises(Invalid, match=r"There is no column for the name\. The file has: 'City'"):
        imported(member, posting, "City\nOslo\n")


def test_the_command_prints_a_report_that_adds_up(
    member: Membership, posting: Posting, tmp_path: Path
) -> None:
    path, out = tmp_path / "people.csv", io.StringIO()
    path.write_bytes("Name;Mail;Note\nLi Na;li@example.com;x\n;;y\n".encode("utf-16"))

    call_command(
        "import_applicants", str(path), f"--posting={posting.pk}", f"--by={member.account.email}", stdout=out
    )

    assert out.getvalue() == (
        "people.csv:\n"
        "  columns: name=Name, email=Mail\n"
        "  columns not used: Note\n"
        "    row 3: Name is empty.\n"
        "  read 2 = done 1 + already applied 0 + rejected 1\n"
    )

"""Lists of schools come in by a command that can be repeated and whose report adds up."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ats.models import Institution
from ats.people.institutions.importing import load_institutions
from ats.people.institutions.shipped import shipped_institutions
from tests.factories import an_institution

pytestmark = pytest.mark.django_db

WORLD = [
    {"name": "Example University", "alpha_two_code": "FR", "domains": ["example.fr"], "web_pages": []},
    {"name": "The  Example University", "alpha_two_code": "FR", "domains": []},
    {"name": "No Country University"},
    {"name": "", "alpha_two_code": "FR"},
    {"name": "Atlantis University", "alpha_two_code": "QQ"},
]
NONE = "duplicate 0 + rejected 0"
SHIPPED = len(shipped_institutions())


def imported(path: Path, *options: str) -> list[str]:
    """What the command prints of a file, after the line of the shipped schools."""
    out = StringIO()
    call_command("import_institutions", str(path), *options, stdout=out)
    return out.getvalue().splitlines()[1:]


def a_file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_schools_are_brought_up_to_date_and_a_second_run_changes_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    old = an_institution(name="Tsinghua University", name_zh="清华大学", tiers=[])

    call_command("import_institutions")
    call_command("import_institutions")

    assert capsys.readouterr().out.splitlines() == [
        f"shipped: read {SHIPPED} = created {SHIPPED - 1} + updated 1 + unchanged 0 + {NONE}",
        f"shipped: read {SHIPPED} = created 0 + updated 0 + unchanged {SHIPPED} + {NONE}",
    ]
    old.refresh_from_db()
    assert old.tiers == ["985", "211", "双一流"]


def test_keys_that_an_older_release_made_are_made_anew() -> None:
    load_institutions()
    Institution.objects.filter(name_zh="清华大学").update(keys=["old"])

    load_institutions()

    assert Institution.objects.keyed(["清华"]).get().name_zh == "清华大学"


def test_a_world_list_is_imported_once_and_each_bad_row_is_named(tmp_path: Path) -> None:
    path = a_file(tmp_path, "world.json", json.dumps(WORLD))
    problems = [
        "  row 3: no country: give --country for rows without one",
        "  row 4: no name",
        "  row 5: no country of ISO 3166-1: QQ",
    ]

    first, again = imported(path), imported(path)

    assert first == [
        "world.json: read 5 = created 1 + updated 0 + unchanged 0 + duplicate 1 + rejected 3",
        *problems,
    ]
    assert again == [
        "world.json: read 5 = created 0 + updated 0 + unchanged 1 + duplicate 1 + rejected 3",
        *problems,
    ]
    school = Institution.objects.get(name="Example University")
    assert (school.country, school.hosts, school.tiers) == ("FR", ["example.fr"], [])


def test_a_dry_run_reports_the_same_and_saves_nothing_of_the_file(tmp_path: Path) -> None:
    path = a_file(tmp_path, "world.json", json.dumps(WORLD))

    dry = imported(path, "--dry-run")

    assert not Institution.objects.filter(name="Example University").exists()
    assert imported(path) == dry


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ministry.json", '[{"name": "示例大学", "code": "1"}, {"name": "清华大学"}]'),
        ("sites.json", '{"北京": {"示例大学": "http://www.example.edu.cn", "清华大学": "http://x.cn"}}'),
        ("table.csv", "序号,学校名称\n1,示例大学\n2,清华大学\n"),
        ("table.tsv", "学校名称\t主管部门\n示例大学\t教育部\n清华大学\t教育部\n"),
    ],
)
def test_chinese_lists_of_every_shape_add_the_new_and_keep_the_known(
    tmp_path: Path, name: str, text: str
) -> None:
    report = imported(a_file(tmp_path, name, text), "--country", "cn")

    assert report == [f"{name}: read 2 = created 1 + updated 0 + unchanged 1 + duplicate 0 + rejected 0"]
    school = Institution.objects.get(name_zh="示例大学")
    assert (school.name, school.country, school.region, school.tiers) == ("示例大学", "CN", "mainland", [])


def test_lists_meet_in_one_row_by_the_address_and_a_file_never_changes_tiers(tmp_path: Path) -> None:
    load_institutions()
    chinese = a_file(tmp_path, "cn.json", '{"北京": {"示例大学": "http://www.example.edu.cn/"}}')
    world = [{"name": "Example University", "alpha_two_code": "CN", "domains": ["example.edu.cn"]}]
    tiers = [{"name": "示例大学", "en": "Example University", "tags": ["985"], "tiers": ["985"]}]

    imported(chinese, "--country", "CN")
    imported(a_file(tmp_path, "world.json", json.dumps(world)))
    imported(a_file(tmp_path, "tiers.json", json.dumps(tiers)), "--country", "CN")

    (school,) = Institution.objects.filter(hosts__contains=["example.edu.cn"])
    assert (school.name, school.name_zh, school.tiers) == ("Example University", "示例大学", [])


def test_a_college_at_the_address_of_a_university_is_another_school(tmp_path: Path) -> None:
    university = an_institution(name="U", name_zh="示例大学", hosts=["example.edu.cn"])
    path = a_file(tmp_path, "cn.json", '{"北京": {"示例大学某某学院": "http://www.example.edu.cn"}}')

    imported(path, "--country", "CN")

    college = Institution.objects.get(name_zh="示例大学某某学院")
    assert (college.pk != university.pk, college.hosts) == (True, [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "bad.csv has no column with names of schools."),
        ('{"a": ', "This is no JSON"),
        ("", "bad.csv has no column with names of schools."),
    ],
)
def test_a_file_of_another_shape_is_refused_with_the_way_out(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        imported(a_file(tmp_path, "bad.csv", text))

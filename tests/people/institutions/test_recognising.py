"""Schools are recognised as people write them, and never falsely."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.management.commands.institution_table import judge_cases, read_cases
from ats.models import Region
from ats.people.institutions import Mention, Outcome, recognise, resolve
from ats.people.institutions.importing import load_institutions
from tests.factories import an_institution

pytestmark = pytest.mark.django_db

MENTIONS = Path(__file__).parent / "mentions.tsv"


def test_every_mention_of_the_table_is_read_as_it_is_meant() -> None:
    load_institutions()
    cases = read_cases(MENTIONS)

    results = judge_cases(cases)

    wrong = [
        (case["text"], case["country"], case["means"], result)
        for case, result in zip(cases, results, strict=True)
        if result in ("missed", "false")
    ]
    assert wrong == []
    assert len(cases) > 800


def test_the_table_counts_by_kind_and_names_what_was_missed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    an_institution(name="Example University", name_zh="示例大学")
    file = tmp_path / "mentions.tsv"
    rows = [
        "kind\ttext\tcountry\tmeans",
        "names\t示例大学\t\t示例大学",
        "names\tExample\t\t示例大学",
        "names\tOther University\t\t-",
        "others\t示例大学\tCN\t另一大学",
        "others\t示例大学某某学院\t\t?",
    ]
    file.write_text("\n".join(rows), "utf-8")

    call_command("institution_table", str(file))

    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        ["kind", "mentions", "recognised", "ambiguous", "unknown", "missed", "false"],
        ["names", "3", "1", "0", "1", "1", "0"],
        ["others", "2", "0", "1", "0", "0", "1"],
        ["all", "5", "1", "1", "1", "1", "1"],
        ["missed:", "Example", "(no", "country)"],
        ["false:", "示例大学", "(CN)"],
    ]


def test_a_school_is_known_by_host_name_and_alias() -> None:
    school = an_institution(
        name="Example University", name_zh="示例大学", hosts=["example.edu.cn"], aliases=["示大", "eu"]
    )

    found = recognise(
        [
            Mention("Example University"),
            Mention("示例大学"),
            Mention("EU"),
            Mention("A lab", "https://www.cs.example.edu.cn/people"),
            Mention("cs.example.edu.cn"),
            Mention("Another University"),
            Mention(""),
        ]
    )

    assert found == [school, school, school, school, school, None, None]


def test_namesakes_are_told_apart_by_their_country_or_stay_open_with_the_choices() -> None:
    chinese = an_institution(name="Northeastern University", country="CN")
    american = an_institution(name="Northeastern University", country="US", region=Region.OVERSEAS)

    found = resolve([Mention("Northeastern University", country=code) for code in ("CN", "US", "FR", "")])

    both = (chinese, american)
    assert [(one.institution, one.choices) for one in found] == [
        (chinese, ()),
        (american, ()),
        (None, both),
        (None, both),
    ]


def test_a_shared_abbreviation_asks_even_where_one_school_of_it_is_known() -> None:
    school = an_institution(name="Wuhan University", shared_aliases=["WHU"], city="Wuhan")

    alone, at_home, in_town = resolve([Mention("WHU"), Mention("WHU", country="CN"), Mention("WHU, Wuhan")])

    assert (alone.outcome, alone.choices) == (Outcome.AMBIGUOUS, (school,))
    assert (at_home.institution, in_town.institution) == (school, school)


def test_a_campus_is_the_same_school_and_a_branch_that_nobody_listed_is_asked_about() -> None:
    school = an_institution(name="Example University", name_zh="示例大学", campuses=["Weihai", "威海"])

    listed = recognise(
        [Mention("示例大学（威海）"), Mention("示例大学威海分校"), Mention("Example University at Weihai")]
    )
    (other,) = resolve([Mention("示例大学（烟台）")])

    assert listed == [school, school, school]
    assert (other.institution, other.choices) == (None, (school,))


def test_a_name_and_an_address_that_contradict_each_other_stay_open() -> None:
    college = an_institution(name="Example College", name_zh="示例大学某某学院")
    university = an_institution(name="Example University", name_zh="示例大学", hosts=["example.edu.cn"])

    (found,) = resolve([Mention("示例大学某某学院", "https://www.example.edu.cn")])

    assert (found.institution, found.choices) == (None, (college, university))


@pytest.mark.parametrize("count", [1, 2_000], ids=["by index", "by one pass"])
def test_any_number_of_mentions_is_recognised_in_one_statement(count: int) -> None:
    school = an_institution(name="Example University", name_zh="示例大学")
    mentions = [Mention(f"示例大学{number}级") for number in range(count)]

    with CaptureQueriesContext(
        connection,
    ) as statements:
        found = recognise(mentions)

    assert found == [school] * count
    assert len(statements) == 1

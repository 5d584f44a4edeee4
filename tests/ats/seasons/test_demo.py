"""The demo season in the database."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count

from ats.eligibility.trees import read_tree, sentence
from ats.errors import Conflict
from ats.models import (
    Account,
    Institution,
    Location,
    Membership,
    Organisation,
    Posting,
    PostingState,
    RuleSet,
)
from ats.seasons.demo import load_demo, logins

WINDOW_2027 = "from November 2026 to 30 October 2027 (not October 2027, whose last day is later)"
RULES = {
    "class-of-2026": "Required: graduation from November 2025 to October 2026; "
    "at most 3 applications in this campaign.",
    "class-of-2027": f"Required: graduation {WINDOW_2027}; at most 2 applications in this campaign.",
    "training-programmes": "Required: graduation from June 2026 to August 2027.",
    "graduates": "Required: graduation from January 2026 to December 2026; "
    "not hired already with this employer.",
    "campus": "Required: graduation from September 2026 to August 2027.",
    **dict.fromkeys(("SH27-A01", "PZ-R06", "PZ-R07"), "Required: a master's degree or higher."),
}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """The demo season, loaded once for all tests here: how many postings were new."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_demo()
        transaction.set_rollback(True)


def every_row() -> dict[str, list[tuple[Any, ...]]]:
    return {
        model.__name__: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_app_config("ats").get_models()
    }


def test_loads_three_demo_employers(loaded: int) -> None:
    assert loaded == 62

    employers = Organisation.objects.filter(is_demo=True).order_by("slug")
    assert list(employers.values_list("slug", "name_zh")) == [
        ("panzhou", "磐舟技术"),
        ("shansui", "闪穗视频"),
        ("suhu", "溯湖集团"),
    ]
    assert list(
        Posting.objects.values("organisation__slug")
        .annotate(postings=Count("pk"))
        .order_by("organisation__slug")
        .values_list("organisation__slug", "postings")
    ) == [("panzhou", 17), ("shansui", 16), ("suhu", 29)]


def test_a_second_load_changes_nothing() -> None:
    before = every_row()

    assert load_demo() == 0

    assert every_row() == before


def test_all_but_the_draft_and_the_paused_posting_take_applications() -> None:
    silent = Posting.objects.exclude(pk__in=Posting.objects.accepting())

    assert sorted(silent.values_list("external_id", "state")) == [
        ("PZ-E01", PostingState.PAUSED),
        ("SS-L08", PostingState.DRAFT),
    ]


def test_window_and_both_versions_of_a_text_are_kept() -> None:
    posting = Posting.objects.get(external_id="SH26-A04")

    assert posting.graduation == "2025-11-01 to 2026-10-31"
    assert posting.is_ai
    assert posting.description.startswith("让模型学会长程任务")
    assert "\n\nWe teach models to finish long tasks" in posting.description
    assert set(posting.locations.values_list("name_zh", flat=True)) == {"杭州", "北京", "森尼韦尔"}


def test_work_on_the_shop_floor_has_no_window() -> None:
    assert Posting.objects.get(external_id="SS-L01").graduation == ""


def test_the_windows_and_whatever_else_is_asked_are_rules() -> None:
    saved = RuleSet.objects.values_list("campaign__slug", "posting__external_id", "tree")
    sentences = {campaign or posting: sentence(read_tree(tree)).en for campaign, posting, tree in saved}

    assert sentences == RULES


def test_every_login_belongs_to_an_account_in_its_role_and_language() -> None:
    members = Membership.objects.values_list(
        "account__email", "account__name", "role", "organisation__slug", "account__language"
    )
    people = Account.objects.filter(memberships=None).values_list("email", "name", "language")
    assert {(who.email, who.name, who.role, who.organisation, who.language) for who in logins()} == {
        *members,
        *((email, name, "candidate", "", tongue) for email, name, tongue in people),
    }
    assert len(logins()) == 14


def test_schools_and_places_are_known_in_both_languages() -> None:
    assert not Institution.objects.filter(name_zh="").exists()
    assert not Location.objects.filter(name_zh="").exists()
    school = Institution.objects.named({"浙大"}).get()
    assert (school.name, school.hosts, school.region) == (
        "Zhejiang University",
        ["zju.edu.cn"],
        "mainland",
    )


def test_an_organisation_that_is_no_demo_is_not_touched() -> None:
    Organisation.objects.filter(slug="panzhou").update(is_demo=False)
    before = every_row()

    with pytest.raises(Conflict, match="slug_taken"):
        load_demo()

    assert every_row() == before


def test_command_says_how_much_is_new(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_demo")

    assert capsys.readouterr().out == "The demo season is there: 0 postings are new.\n"

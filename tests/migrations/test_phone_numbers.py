"""Keys and search terms of the numbers that were stored in another form."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.db.models import F

import ats.migrations
from ats.models import Candidate
from tests.factories import a_candidate, an_organisation


def test_numbers_of_the_former_form_are_recognised_and_found(db: None) -> None:
    organisation = an_organisation()
    a_candidate(organisation, name="Li", email="", phone="138 0013 8000")
    a_candidate(organisation, name="Na", email="", phone="")
    rows = Candidate.objects.for_org(organisation).order_by("name")
    before = list(rows.values("name", "phone", "phone_key", "words", "updated_at"))
    rows.update(phone_key=F("name"), words=["none"])

    write_keys()

    assert list(rows.values("name", "phone", "phone_key", "words", "updated_at"))[:1] == before[:1]
    assert rows.get(name="Na").phone_key == "Na"  # a row without a number is not touched
    assert before[0]["phone_key"] == "+8613800138000"


def write_keys() -> None:
    (file,) = Path(ats.migrations.__path__[0]).glob("*_phone_numbers.py")
    import_module(f"ats.migrations.{file.stem}").write_keys(apps, None)

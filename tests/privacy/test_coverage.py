"""No column that can hold a candidate's words is forgotten by erasure."""

from __future__ import annotations

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from ats.privacy.personal_data import PERSONAL_DATA

FREE = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.FileField,
    models.BinaryField,
    SearchVectorField,
)

# Columns that hold nothing of a candidate's, by model: codes, digests, and the team's own words.
IMPERSONAL = {
    "accessrecord": "resource",
    "application": "source",
    "assessment": "name name_zh",
    "campaign": "slug name name_zh time_zone",
    "consent": "purpose version",
    "delivery": "recipient group_key channel",
    "department": "name name_zh",
    "endpoint": "url description types disabled_reason",
    "event": "type data",
    "institution": "name name_zh country city city_zh tiers hosts aliases shared_aliases as_written campuses "
    "keys shared_keys search_terms",
    # Deleted with its file when the import ends, and after 30 days at the latest.
    "importjob": "file name columns said preview report error source",
    "interview": "time_zone",
    "interviewslot": "place time_zone",
    "location": "name name_zh country",
    "move": "reason",
    "noticetemplate": "type subject text html",
    "offer": "pay",
    "organisation": "slug name name_zh reply_to",
    "pipeline": "name name_zh",
    "posting": "title title_zh employer programme description requirements pay graduation url feed "
    "external_id digest",
    "questionset": "questions",
    "referralcode": "code referrer",
    "rejectionreason": "name name_zh",
    "room": "name",
    "ruleset": "tree relaxable relaxes",
    "savedview": "name query",
    "scorecardcriterion": "name name_zh",
    "stage": "name name_zh public_name public_name_zh",
    "stagetally": "state",
    "tag": "name",
    "track": "code name name_zh",
    "trackterm": "term",
}


def could_hold_words(column: models.Field[object, object]) -> bool:
    inner = column.base_field if isinstance(column, ArrayField) else column
    return isinstance(inner, FREE) and not inner.choices


def test_every_column_of_words_is_erased_or_declared_to_be_of_no_candidate() -> None:
    erased = {data.model: data.erase for data in PERSONAL_DATA}

    forgotten = [
        f"{model._meta.model_name}.{column.name}"
        for model in apps.get_app_config("ats").get_models()
        for column in model._meta.concrete_fields
        if could_hold_words(column)
        and not (model in erased and erased[model].clears(column.name))
        and column.name not in IMPERSONAL.get(str(model._meta.model_name), "").split()
    ]

    assert forgotten == []


def test_no_declaration_names_a_column_that_is_gone() -> None:
    columns = {
        f"{model._meta.model_name}.{column.name}"
        for model in apps.get_app_config("ats").get_models()
        for column in model._meta.concrete_fields
    }

    declared = {f"{model}.{name}" for model, names in IMPERSONAL.items() for name in names.split()}

    assert declared - columns == set()

"""Every kind describes itself: a schema that validates, documents, and suffices to draw a form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from api.core.rule_docs import add_rule_trees
from ats.common.json_schemas import Schema
from ats.eligibility.kinds import KINDS
from ats.models.facts import FACTS
from tests.eligibility import naive
from tests.eligibility.strategies import PARAMS
from tests.factories import a_client


def fields(schema: Schema, path: str = "") -> Iterator[tuple[str, Schema]]:
    """Each part of a schema that a form has to show."""
    yield path, schema
    for name, inner in schema.get("properties", {}).items():
        yield from fields(inner, f"{path}.{name}")
    if "items" in schema:
        yield from fields(schema["items"], f"{path}[]")


ALL_FIELDS = [(kind, path, field) for kind, rule in KINDS.items() for path, field in fields(rule.schema)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one_of_2020_12(kind: str) -> None:
    Draft202012Validator.check_schema(KINDS[kind].schema)


@pytest.mark.parametrize(("kind", "path", "field"), ALL_FIELDS, ids=lambda value: str(value)[:40])
def test_every_field_has_a_title_and_every_value_a_label_in_both_languages(
    kind: str, path: str, field: Schema
) -> None:
    labels = field.get("labels", {})

    assert field["title"]
    assert field["title_zh"]
    assert list(labels) == field.get("enum", [])
    assert all(
        label["en"] and label["zh"] for label in [*labels.values(), field.get("unit", {"en": 1, "zh": 1})]
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_reads_facts_that_there_are_and_is_proven(kind: str) -> None:
    assert set(KINDS[kind].facts) <= set(FACTS)
    assert (kind in PARAMS, hasattr(naive, f"rule_{kind}")) == (True, True)


@pytest.mark.django_db
def test_the_kinds_are_served() -> None:
    served = a_client().get("/api/v1/rule-kinds/").json()

    assert [(row["kind"], row["schema"]["properties"]) for row in served] == [
        (kind, rule.schema["properties"]) for kind, rule in KINDS.items()
    ]


def test_the_document_of_the_api_says_what_a_tree_is() -> None:
    empty: dict[str, Any] = {"components": {"schemas": {}}}
    schemas = add_rule_trees(empty, None, None, True)["components"]["schemas"]

    kinds = [
        name["enum"][0]
        for row in schemas["RuleTree"]["oneOf"]
        if (name := schemas[row["$ref"].rpartition("/")[2]]["properties"].get("kind"))
    ]
    assert kinds == list(KINDS)

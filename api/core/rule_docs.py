"""Trees of rules in the OpenAPI document: a schema per kind, and how nodes combine them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ats.common.json_schemas import Schema, plain
from ats.eligibility.kinds import KINDS
from ats.eligibility.kinds.base import Rule

TREE: Schema = {"$ref": "#/components/schemas/RuleTree"}
LIST: Schema = {"type": "array", "items": TREE}
# What combines rules, by the one member that it has.
COMBINING: dict[str, tuple[str, Schema, str]] = {
    "all": ("AllRules", LIST, "Each has to be met."),
    "any": ("AnyRules", {**LIST, "minItems": 1}, "One of them has to be met."),
    "not": ("NotRule", TREE, "It must not be met."),
    "preferred": (
        "PreferredRule",
        TREE,
        "Orders people, who meets it first, and refuses nobody; only at the top, or in the `all` there.",
    ),
}


@extend_schema_field(TREE)
class TreeField(serializers.DictField):
    """A tree of rules, as it is saved."""


def add_rule_trees(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:  # noqa: FBT001  (the hook's signature)
    """A hook of drf-spectacular."""
    nodes = {
        title: _exactly({word: inner}, description) for word, (title, inner, description) in COMBINING.items()
    }
    nodes |= {f"{rule.__name__}Rule": _of_kind(rule) for rule in KINDS.values()}
    refs = [{"$ref": f"#/components/schemas/{name}"} for name in nodes]
    tree = {"oneOf": refs, "description": "Rules, alone or combined."}
    components = result["components"]
    schemas = dict(sorted({**components["schemas"], **nodes, "RuleTree": tree}.items()))
    return {**result, "components": {**components, "schemas": schemas}}


def _of_kind(rule: type[Rule]) -> Schema:
    schema = plain(rule.schema)
    members = {"kind": {"type": "string", "enum": [rule.kind]}, "params": schema}
    whole = _exactly(members, rule.schema["title"])
    needs_params = schema["required"] or schema.get("minProperties")
    return {**whole, "required": ["kind", "params"] if needs_params else ["kind"]}


def _exactly(properties: dict[str, Schema], description: str) -> Schema:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }

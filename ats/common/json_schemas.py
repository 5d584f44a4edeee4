"""JSON Schema (2020-12) with translated faults: building blocks, and what keeps a value from fitting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from jsonschema import Draft202012Validator, FormatChecker, TypeChecker, ValidationError
from jsonschema.validators import extend

from ats.common.countries import is_country
from ats.common.errors import Invalid
from ats.common.months import DAY, day_named, span_named

Schema = dict[str, Any]

LARGEST_ID = 2**63 - 1
MOST_VALUES = 500
LONGEST_TEXT = 200

COUNTRY: Schema = {"type": "string", "format": "country", "pattern": "^[A-Z]{2}$"}
NOT_BLANK = r"\S"
DATE: Schema = {"type": "string", "format": "date"}
MONTH_OR_DAY: Schema = {"type": "string", "format": "month-or-day"}
ID: Schema = {"type": "integer", "minimum": 1, "maximum": LARGEST_ID}

# Of each format: what fits, the code and the sentence of what does not.
FORMATS: dict[str, tuple[Callable[[str], object], str, Any]] = {
    "country": (
        is_country,
        "unknown_country",
        gettext_lazy("There is no country with the code %(value)s (ISO 3166-1)."),
    ),
    "month-or-day": (
        span_named,
        "date_invalid",
        gettext_lazy("Give a month such as 2026-06 or a day such as 2026-06-30."),
    ),
    "date": (
        lambda text: DAY.fullmatch(text) and day_named(text),
        "date_invalid",
        gettext_lazy("Give a day such as 2026-06-30."),
    ),
}


def format_checker(*also: str) -> FormatChecker:
    """Checks these formats and the standard ones named."""
    checker = FormatChecker(also)
    for name, (fits, _code, _sentence) in FORMATS.items():
        checker.checks(name)(_of_texts(fits))
    return checker


def _of_texts(fits: Callable[[str], object]) -> Callable[[object], bool]:
    return lambda value: not isinstance(value, str) or bool(fits(value))


CHECKER = format_checker()


def _is_integer(_checker: TypeChecker, value: object) -> bool:
    return type(value) is int


def _is_number(_checker: TypeChecker, value: object) -> bool:
    return type(value) in (int, float)


# 1.0 is no integer here, nor is true.
Validator: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine_many(
        {"integer": _is_integer, "number": _is_number}
    ),
)


def compiled(schema: Schema) -> Any:
    """What `refuse_misfit` takes. Compiling a schema costs more than validating by it."""
    return Validator(schema, format_checker=CHECKER)


def refuse_misfit(validator: Any, value: Any, at: str) -> None:
    """Raise Invalid for the first part of `value` that does not fit; its field is `at` and the path below."""
    faults = sorted(validator.iter_errors(value), key=_order)
    if faults:
        raise _refusal(faults[0], at)


def _order(fault: ValidationError) -> tuple[list[str], bool]:
    """In the order of the document; of one object first what is missing."""
    steps = [f"{step:06}" if isinstance(step, int) else step for step in fault.absolute_path]
    return steps, fault.validator != "required"


def _refusal(fault: ValidationError, at: str) -> Invalid:
    schema: Schema = fault.schema if isinstance(fault.schema, dict) else {}
    code, sentence, name = _reason(fault, schema)
    steps = [at, *map(str, fault.absolute_path), *([name] if name else [])]
    return Invalid(code, sentence, field=".".join(steps))


def _reason(fault: ValidationError, schema: Schema) -> tuple[str, str, str]:
    """Code, sentence, and the member that is meant, "" for the value itself."""
    if fault.validator in OF_OBJECTS:
        return OF_OBJECTS[str(fault.validator)](fault, schema)
    if schema.get("format") in FORMATS:
        _fits, code, sentence = FORMATS[schema["format"]]
        return code, str(sentence) % {"value": str(fault.instance)[:LONGEST_TEXT]}, ""
    if "enum" in schema:
        known = ", ".join(map(str, schema["enum"]))
        return "unknown_value", _("This is none of: %(known)s.") % {"known": known}, ""
    return *OF_TYPES[schema["type"]](schema), ""


def _missing(fault: ValidationError, schema: Schema) -> tuple[str, str, str]:
    given: Any = fault.instance
    name = next(name for name in schema["required"] if name not in given)
    return "param_missing", _("This parameter is missing."), name


def _missing_beside(fault: ValidationError, schema: Schema) -> tuple[str, str, str]:
    given: Any = fault.instance
    needs = [names for name, names in schema["dependentRequired"].items() if name in given]
    name = next(name for names in needs for name in names if name not in given)
    return "param_missing", _("This parameter is missing."), name


def _unknown(fault: ValidationError, schema: Schema) -> tuple[str, str, str]:
    given: Any = fault.instance
    name = min(set(given) - set(schema.get("properties", ())))
    return "unknown_param", _("There is no such parameter here."), name[:LONGEST_TEXT]


def _none_of(_fault: ValidationError, schema: Schema) -> tuple[str, str, str]:
    sentence = _("Name at least one of: %(names)s.")
    return "param_missing", sentence % {"names": ", ".join(schema["properties"])}, ""


def _too_many(_fault: ValidationError, schema: Schema) -> tuple[str, str, str]:
    sentence = _("These do not go together: %(names)s.")
    return "too_many_params", sentence % {"names": ", ".join(schema["properties"])}, ""


OF_OBJECTS: Mapping[str, Callable[[ValidationError, Schema], tuple[str, str, str]]] = {
    "required": _missing,
    "dependentRequired": _missing_beside,
    "additionalProperties": _unknown,
    "minProperties": _none_of,
    "maxProperties": _too_many,
}
OF_TYPES: Mapping[str, Callable[[Schema], tuple[str, str]]] = {
    "object": lambda schema: ("not_an_object", _("An object is expected here.")),
    "array": lambda schema: (
        "list_invalid",
        _("Give a list of 1 to %(most)d values, each once.") % {"most": schema.get("maxItems", MOST_VALUES)},
    ),
    "string": lambda schema: (
        "text_invalid",
        _("Give a text of 1 to %(most)d characters.") % {"most": schema.get("maxLength", LONGEST_TEXT)},
    ),
    "boolean": lambda schema: ("not_a_boolean", _("Give true or false.")),
    "integer": lambda schema: (
        "number_out_of_range",
        _("Give a whole number from %(least)d to %(most)d.")
        % {"least": schema["minimum"], "most": schema["maximum"]},
    ),
    "number": lambda schema: (
        "number_out_of_range",
        _("Give a number from %(least)g to %(most)g.")
        % {"least": schema["minimum"], "most": schema["maximum"]},
    ),
}


def plain(schema: Any) -> Any:
    """The same without what only forms read: titles, labels and units."""
    if isinstance(schema, list):
        return [plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {name: plain(value) for name, value in schema.items() if name not in FOR_FORMS}
    return {**kept, "description": schema["title"]} if isinstance(schema.get("title"), str) else kept


FOR_FORMS = frozenset({"title", "title_zh", "labels", "unit", "$schema"})

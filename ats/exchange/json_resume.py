"""The JSON Resume format (jsonresume.org, schema 1.0.0): a person's own profile is such a document.

The format allows further keys everywhere; what is not listed here is kept and not looked at. Of such
keys some are ours, for what eligibility asks: those of the table of facts, and the `countryCode` of an
education.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _
from jsonschema import ValidationError

from ats.common.json_schemas import Validator, format_checker
from ats.common.texts import hides_something, shows_something
from ats.models.facts import profile_extensions

TOO_MUCH = {
    "maxLength": _("Give at most %(most)d characters."),
    "maxItems": _("Give at most %(most)d entries."),
}
FORMATS = format_checker("email")
DATE = {"type": "string", "pattern": "^([1-2][0-9]{3}(-[0-1][0-9](-[0-3][0-9])?)?)$"}
TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    # What an employer's record copies has its bounds.
    "line": {"type": "string", "maxLength": 200},
    "phone": {"type": "string", "maxLength": 40},
    "texts": {"type": "array", "items": {"type": "string"}},
    "date": DATE,
    "url": {"type": "string", "format": "uri"},
    "email": {"type": "string", "format": "email"},
    "country": {"type": "string", "pattern": "^[A-Z]{2}$"},
}

Path = tuple[str | int, ...]
NAME: Path = ("basics", "name")

MOST_ENTRIES = 300  # of a list

# Each section's fields as "name:type"; a field without a type is a text.
BASICS = "name:line label image email:email phone:phone url:url summary"
LOCATION = "address postalCode city countryCode region"
PROFILE = "network username url:url"
META = "canonical:url version lastModified"
PERIOD = "url:url startDate:date endDate:date"
SECTIONS = {
    "work": f"name location description position summary highlights:texts {PERIOD}",
    "volunteer": f"organization position summary highlights:texts {PERIOD}",
    "education": f"institution:line area:line studyType score courses:texts countryCode:country {PERIOD}",
    "awards": "title date:date awarder summary",
    "certificates": "name date:date url:url issuer",
    "publications": "name publisher releaseDate:date url:url summary",
    "skills": "name level keywords:texts",
    "languages": "language fluency",
    "interests": "name keywords:texts",
    "references": "name reference",
    "projects": f"name description highlights:texts keywords:texts roles:texts entity type {PERIOD}",
}


def _object(fields: str, **nested: dict[str, Any]) -> dict[str, Any]:
    pairs = (field.partition(":") for field in fields.split())
    properties = {name: TYPES[kind or "text"] for name, _, kind in pairs}
    return {"type": "object", "properties": properties | nested}


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item, "maxItems": MOST_ENTRIES}


@cache
def schema() -> dict[str, Any]:
    """The format as a JSON Schema (draft 7)."""
    basics = _object(BASICS, location=_object(LOCATION), profiles=_list(_object(PROFILE)))
    sections = {name: _list(_object(fields)) for name, fields in SECTIONS.items()}
    whole = _object("$schema:url", basics=basics, meta=_object(META), **sections, **profile_extensions())
    return {"$schema": "http://json-schema.org/draft-07/schema#", **whole}


@FORMATS.checks("uri", raises=ValueError)
def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or urlsplit(value).scheme != ""


@cache
def _validator() -> Any:
    return Validator(schema(), format_checker=FORMATS)


def faults(document: Any) -> Iterator[tuple[str, str]]:
    """What keeps `document` from being a JSON Resume: JSON pointer (RFC 6901) and reason of each."""
    for error in _validator().iter_errors(document):
        yield _pointer(error.absolute_path), _reason(error)
    for path, text in _texts(document, ()):
        if hides_something(text):
            yield _pointer(path), str(_("This text has control characters or overrides of its direction."))
        elif path == NAME and not shows_something(text):
            yield _pointer(path), str(_("A name has letters that one can see."))


def _pointer(path: Iterable[str | int]) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text in a document, with where it stands."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(inner, (*path, step))


def _reason(error: ValidationError) -> str:
    """Why; of what is too long without the whole of it."""
    if error.validator not in TOO_MUCH:
        return error.message
    return str(TOO_MUCH[error.validator]) % {"most": error.validator_value}

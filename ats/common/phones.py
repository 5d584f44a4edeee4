"""Telephone numbers, read by the numbering plans of `phonenumbers`."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers
from phonenumbers import PhoneNumber

HOME = "CN"  # where a number without a country code is from
# What people write between two numbers, or before the extension of one.
PARTS = re.compile(r"[/;,、|]|或|转|\bext\b", re.IGNORECASE)


def normal_phone(raw: str, region: str = HOME) -> str:
    """The number in E.164, by which a person is recognised: "+8613800138000"; "" when there is none.

    A number without a country code is read as one of `region`. Of several numbers the first counts,
    and an extension does not. An incomplete number has a key too: it equals its other spellings.
    """
    number = _first_number(raw, region)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if number else ""


def dialled_digits(raw: str, region: str = HOME) -> tuple[str, str] | None:
    """The digits of a number with its country code and without; None when `raw` is no number."""
    number = _first_number(raw, region)
    if number is None:
        return None
    national = phonenumbers.national_significant_number(number)
    return f"{number.country_code}{national}", national


def is_possible_phone(text: str, region: str | None) -> bool:
    """Whether a number has a length that `region` has; None allows only numbers with a country code."""
    number = _parse(text, region)
    return number is not None and phonenumbers.is_possible_number(number)


def load_plans() -> None:
    """Load the plans of all countries, while files may still be opened."""
    for region in phonenumbers.SUPPORTED_REGIONS:
        phonenumbers.PhoneMetadata.metadata_for_region(region)
    for code in phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS:
        phonenumbers.PhoneMetadata.metadata_for_nongeo_region(code)


def _first_number(raw: str, region: str) -> PhoneNumber | None:
    text = unicodedata.normalize("NFKC", raw)
    read = (_parse(part, region) for part in (text, *PARTS.split(text)))
    return next(filter(None, read), None)


def _parse(text: str, region: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None

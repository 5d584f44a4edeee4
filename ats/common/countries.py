from __future__ import annotations

from ats.common.reference import reference

MAINLAND = ("CN",)
HMT = ("HK", "MO", "TW")


def is_country(code: str) -> bool:
    """Whether `code` is a country or territory of ISO 3166-1."""
    return code in reference("countries")["name"]


def country_names(code: str) -> tuple[str, str]:
    """What a country is called in English and in Chinese; `code` has to be one."""
    english, chinese = reference("countries")["name"][code]
    return english, chinese

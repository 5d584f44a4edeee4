"""Countries and territories of ISO 3166-1, named by the Unicode CLDR as `babel` has it."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

CODE = re.compile("[A-Z]{2}")
MAINLAND = ("CN",)
HMT = ("HK", "MO", "TW")

# Codes of two letters that CLDR has besides: islands of others, unions, and codes for tests.
NOT_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}
# Names that people here use instead of CLDR's.
NAMED: dict[str, tuple[str, str]] = {
    "HK": ("Hong Kong", "中国香港"),
    "MO": ("Macao", "中国澳门"),
    "TW": ("Taiwan", "台湾"),
}


@cache
def countries() -> dict[str, tuple[str, str]]:
    """The names in English and in Simplified Chinese, by code, in the order of the codes."""
    english, chinese = Locale("en").territories, Locale("zh", script="Hans").territories
    codes = sorted(code for code in map(str, english) if CODE.fullmatch(code) and code not in NOT_ISO)
    return {code: (english[code], chinese[code]) for code in codes} | NAMED


def is_country(code: str) -> bool:
    """Whether `code` is a country or territory of ISO 3166-1."""
    return code in countries()


def country_names(code: str) -> tuple[str, str]:
    """What a country is called in English and in Chinese; `code` has to be one."""
    return countries()[code]

"""Data that exists in two languages, and text of employers, as pages show them."""

from __future__ import annotations

import nh3
from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from ats.eligibility.text import Text

register = template.Library()


@register.filter
def named(row: object, field: str = "name") -> str:
    """`row`'s field in the reader's language: `name_zh` for Chinese where it is filled in."""
    is_chinese = (get_language() or "").startswith("zh")
    chinese = getattr(row, f"{field}_zh", "") if is_chinese else ""
    return str(chinese or getattr(row, field))


@register.filter
def spoken(text: Text) -> str:
    """A sentence of the rules in the reader's language."""
    return text.zh if (get_language() or "").startswith("zh") else text.en


@register.filter
def rich(text: str) -> SafeString:
    """An employer's text, HTML or plain, as harmless HTML."""
    html = text if nh3.is_html(text) else escape(text)
    return mark_safe(nh3.clean(html))  # noqa: S308  (cleaned here, whatever was stored)

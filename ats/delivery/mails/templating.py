"""Text with variables and nothing else, so that an organisation may write it: it cannot run code,
and it reads only the context it is given."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from html import escape

VARIABLE = re.compile(r"\{\{\s*([a-z_]+(?:\.[a-z_]+)*)\s*\}\}")
LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}")


def mistakes(text: str, *, known: Collection[str]) -> list[str]:
    """What is wrong with a template: each unknown variable, and each bracket that opens none."""
    unknown = {name for name in VARIABLE.findall(text) if name not in known}
    return sorted(unknown) + LEFT_OVER.findall(VARIABLE.sub("", text))


def fill(text: str, context: Mapping[str, str]) -> str:
    """The text with its variables replaced; one without a value becomes empty."""
    return VARIABLE.sub(lambda found: context.get(found[1], ""), text)


def fill_line(text: str, context: Mapping[str, str]) -> str:
    """As `fill`, for a mail header: one line, whatever a name contains."""
    return " ".join(fill(text, context).split())


def fill_html(text: str, context: Mapping[str, str]) -> str:
    """As `fill`, with every value escaped."""
    return fill(text, {name: escape(value) for name, value in context.items()})


def as_html(text: str) -> str:
    """Plain text as HTML: its paragraphs and line breaks."""
    paragraphs = escape(text.strip()).split("\n\n")
    return "\n".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in paragraphs)

from __future__ import annotations

import html
import re
import unicodedata

# Icons of symbol fonts, and the marks that PDFium leaves where a word was hyphenated.
NOISE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b-\u200f\u2060\ufeff\ue000-\uf8ff]")
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")  # left by converters, and in Markdown
HYPHENS = re.compile(r"-?[\u2010\u2011]")
DASHES = re.compile(r"\s*[\u2012-\u2015\u2212]\s*")
SPACES = re.compile(r"[^\S\n]+")


def lines_of(text: str) -> list[str]:
    """The lines that say something, in one spelling: NFKC, plain hyphens, " – " for every dash,
    single spaces. NFKC also turns the look-alikes that some fonts write (⾼) into letters (高)."""
    text = html.unescape(TAG.sub("", text.replace("\r", "\n")))
    text = unicodedata.normalize("NFKC", NOISE.sub("", text))
    text = DASHES.sub(" – ", HYPHENS.sub("-", text))
    stripped = (SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return [line for line in stripped if line]

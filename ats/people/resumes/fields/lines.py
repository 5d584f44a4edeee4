from __future__ import annotations

import html
import re
import unicodedata

from ats.common.reference import reference

# Icons of symbol fonts, and the marks that PDFium leaves where a word was hyphenated.
NOISE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b-\u200f\u2060\ufeff\ue000-\uf8ff]")
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")  # left by converters, and in Markdown
HYPHENS = re.compile(r"-?[\u2010\u2011]")
DASHES = re.compile(r"[^\S\n]*[\u2012-\u2015\u2212][^\S\n]*")
WIDE_TO = re.compile(r"[^\S\n]*[\u301c\uff5e\u2053\u223c][^\S\n]*")
BLANK = re.compile(r"[^\S\n]{12,}")  # as much as a tab; longer runs would cost their square
JUSTIFIED = re.compile(r"\t[ \xa0]{2,}(?=[^\S\n]|\S)")  # some programs part every word with a tab and blanks
LONGEST, MOST = 600, 2_000  # letters of a line, lines: what is beyond is no résumé's
CELL = " | "
GAP = re.compile(r"[^\S\n]*(?:\t|[^\S\n]{3,})[^\S\n]*|[^\S\n]*[|\uff5c\u4e28\u2502\u00a6][^\S\n]*")
SPACES = re.compile(r"[^\S\n]+")
EDGES = re.compile(r"^[\s|]+|[\s|]+$")
# "姓　名", "教 育 背 景": letters set apart to fill the width. Man and woman are words by themselves.
HAN = r"(?![男女])[\u4e00-\u9fff]"
SPACED_HAN = re.compile(rf"(?<!\S){HAN}(?:[ \u3000\xa0]{{1,2}}{HAN})+(?![^\s:\uff1a])")
# The names of particulars are set apart as far as the longest of them is wide.
SPACED_LABEL = re.compile(
    "|".join(
        r"[ \u3000\xa0]{1,12}".join(label)
        for labels in reference("resume_labels").values()
        for label in labels
        if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", label)
    )
)
SPACED_CAPITALS = re.compile(r"(?<!\S)[A-Z](?:[^\S\n]{1,3}[A-Z]){4,}(?!\S)")


def lines_of(text: str) -> list[str]:
    """The lines that say something, in one spelling: NFKC, plain hyphens, " – " for every dash,
    single spaces, and " | " between cells, which are parted by a bar, a tab or three blanks.

    NFKC also turns the look-alikes that some fonts write (⾼) into letters (高).
    """
    text = html.unescape(TAG.sub("", text.replace("\r", "\n")))
    text = BLANK.sub("\t", "\n".join(line[:LONGEST] for line in text.split("\n") if line.strip()))
    text = SPACED_LABEL.sub(_joined, NOISE.sub("", WIDE_TO.sub(" ~ ", text)))
    text = SPACED_HAN.sub(_joined, text)
    text = SPACED_CAPITALS.sub(_joined, text.replace("\u3000", " "))
    text = unicodedata.normalize("NFKC", JUSTIFIED.sub(" ", text))
    text = DASHES.sub(" – ", HYPHENS.sub("-", text))
    cells = (EDGES.sub("", SPACES.sub(" ", GAP.sub(CELL, line))) for line in text.split("\n")[:MOST])
    return [line for line in cells if line]


def _joined(match: re.Match[str]) -> str:
    return re.sub(r"\s+", "", match[0])

from __future__ import annotations

import re

from ats.people.resumes.fields.labels import Label, label_before, labelled
from ats.people.resumes.fields.sections import Section, Topic

ADDRESS = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w-])", re.ASCII
)
# Addresses before which one of these stands are somebody else's.
OTHERS = re.compile(
    r"referee|reference|supervisor|advisor|adviser|mentor|professor|prof\.|manager|emergency|parent|推荐人|推薦人|证明人|證明人|导师|導師|指导|指導|"
    r"紧急|緊急|家长|联系人|辅导员|推薦者|추천|지도교수|비상|betreuer|gutachter|encadrant|tuteur",
    re.IGNORECASE,
)
OPEN = (Topic.HEAD, Topic.CONTACT)


def email(found: list[Section]) -> str:
    """The person's e-mail address, in lower case; "" when none is surely theirs.

    1. At the top or among the particulars the first address, unless somebody else is named before it.
    2. Else, if all other sections have but one address, or one that is labelled, that; never a referee's.
    """
    top = [line for section in found if section.topic in OPEN for line in section.lines]
    rest = [
        line for section in found if section.topic not in (*OPEN, Topic.REFEREES) for line in section.lines
    ]
    named = [value for label, value in labelled(rest) if label is Label.EMAIL]
    for lines in (top, named):
        if addresses := _addresses(lines):
            return addresses[0]
    addresses = list(dict.fromkeys(_addresses(rest)))
    return addresses[0] if len(addresses) == 1 else ""


def _addresses(lines: list[str]) -> list[str]:
    return [
        match[0].lower()
        for before, line in zip(["", *lines], lines, strict=False)
        for match in ADDRESS.finditer(line)
        if not OTHERS.search(line[: match.start()]) and not _ends_with_other(before)
    ]


def _ends_with_other(line: str) -> bool:
    """Whether the line above names somebody else: "Supervisor: Prof. Lee"."""
    return bool(OTHERS.search(line)) and label_before(line) is None and not ADDRESS.search(line)

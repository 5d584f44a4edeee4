"""RTF, by striprtf."""

from __future__ import annotations

import codecs
import re

from striprtf.striprtf import charset_map, rtf_to_text

from ats.people.resumes.errors import ResumeError

# Pictures are written as digits; megabytes of them say nothing and cost seconds.
PICTURE = re.compile(rb"[0-9a-fA-F\s]{400,}")


def _know_codecs() -> None:
    """Later no file may be opened, so what a document may ask for is loaded before."""
    for name in set(charset_map.values()):
        try:
            codecs.lookup(name)
        except LookupError:  # striprtf's table names some that Python has not
            continue


_know_codecs()


def read(data: bytes) -> str:
    """The text. Raises ResumeError("damaged")."""
    source = PICTURE.sub(b"", data).decode("latin-1")
    try:
        text: str = rtf_to_text(source, errors="ignore")  # type: ignore[no-untyped-call]
    except (LookupError, ValueError, TypeError) as error:
        raise ResumeError("damaged") from error
    return text

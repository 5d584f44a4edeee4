"""The process that reads one hostile file: `python -m ats.people.resumes.sandbox_main KIND < file > answer`.

It binds itself before it looks at the file, knows nothing of the site (no settings, no secrets, no
Django) and answers in JSON: `{"document": …}`, `{"error": code}` or `{"missing": package}`.
"""

from __future__ import annotations

import codecs
import importlib
import json
import resource
import signal
import sys
from contextlib import suppress
from typing import Any

from ats.common.phones import load_plans
from ats.people.resumes import limits
from ats.people.resumes.errors import ResumeError
from ats.people.resumes.fields import json_resume, propose
from ats.people.resumes.kinds import Kind

BOUNDS = {
    resource.RLIMIT_CPU: limits.CPU_SECONDS,
    resource.RLIMIT_AS: limits.MEMORY,
    resource.RLIMIT_FSIZE: limits.ANSWER,
    resource.RLIMIT_CORE: 0,
}
STANDARD_STREAMS = 3
# Python opens a file for a codec at its first use, when no file may be opened any more.
CODECS = (
    *("cp437", "cp1252", "latin-1", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"),
    *("gb18030", "big5", "cp932", "euc_jp", "cp949", "cp1251"),
)


def confine() -> None:
    """Binds this process, for good."""
    signal.alarm(limits.SECONDS)  # also when nobody is left to kill us
    for bound, most in BOUNDS.items():
        with suppress(ValueError, OSError):  # macOS has no bound of address space
            # One more to the hard limit: at the soft one a process learns why it is stopped.
            resource.setrlimit(bound, (most, most + 1))


def _answer(kind: Kind) -> dict[str, Any]:
    try:
        return {"document": _document(kind)}
    except ResumeError as error:
        return {"error": error.code}
    except ImportError as error:
        return {"missing": error.name}
    except (MemoryError, RecursionError):
        return {"error": "too_heavy"}


def _document(kind: Kind) -> dict[str, Any]:
    """What the file says of its person, as JSON Resume."""
    if kind is Kind.JSON:
        return json_resume.propose(_reader(Kind.TXT).decode(sys.stdin.buffer.read(limits.BYTES)))
    reader = _reader(kind)
    if kind is not Kind.DOC:  # whose reader starts a program
        open_nothing_more()
    text = reader.read(sys.stdin.buffer.read(limits.BYTES))[: limits.CHARACTERS]
    if not any(map(str.isalnum, text)):
        raise ResumeError("no_text")
    return propose(text)


def _reader(kind: Kind) -> Any:
    return importlib.import_module(f"ats.people.resumes.readers.{kind}")


def open_nothing_more() -> None:
    """From here on neither a file nor a connection can be opened by this process."""
    for name in CODECS:
        codecs.lookup(name)
    load_plans()
    resource.setrlimit(resource.RLIMIT_NOFILE, (STANDARD_STREAMS, STANDARD_STREAMS))


if __name__ == "__main__":
    confine()
    sys.stdout.write(json.dumps(_answer(Kind(sys.argv[1]))))

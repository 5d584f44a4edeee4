"""Reading a file in a separate process, which may crash, hang or be killed without harm."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import ats
from ats.people.resumes import limits
from ats.people.resumes.errors import ResumeError
from ats.people.resumes.kinds import Kind

ROOT = Path(ats.__file__).resolve().parent.parent


class NotInstalled(Exception):
    """A package of the extra `resumes` is missing: the machine's fault and not the file's."""


UNSTORABLE = {"Cc", "Cs"}  # Unicode's categories
KILLED_FOR_TIME = {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGALRM}


def read(kind: Kind, data: bytes) -> dict[str, Any]:
    """What a file says of its person, as JSON Resume. Raises ResumeError, NotInstalled.

    The child gets the file by a pipe, nothing of our environment, and a bounded file to answer
    into: nothing that it does can fill this process.
    """
    with tempfile.TemporaryFile() as answer:
        status = _run(kind, data, answer)
        if status:
            raise ResumeError("too_slow" if status in KILLED_FOR_TIME else "reader_died")
        answer.seek(0)
        return _document(answer.read(limits.ANSWER))


def _run(kind: Kind, data: bytes, answer: IO[bytes]) -> int:
    """The child's exit status, negative for the signal that ended it."""
    command = [sys.executable, "-E", "-s", "-m", "ats.people.resumes.sandbox_main", kind.value]
    child = subprocess.Popen(
        command,
        cwd=ROOT,
        env={"PATH": os.defpath},
        stdin=subprocess.PIPE,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    with child:
        try:
            child.communicate(data, timeout=limits.SECONDS)
        except subprocess.TimeoutExpired:
            pass
        finally:
            with suppress(ProcessLookupError):  # its group too: a program that it has started
                os.killpg(child.pid, signal.SIGKILL)
    return child.returncode


def _document(raw: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(raw)
    except ValueError:
        raise ResumeError("reader_died") from None
    if "missing" in answer:
        raise NotInstalled(answer["missing"])
    if "error" in answer:
        raise ResumeError(answer["error"])
    document: dict[str, Any] = _storable(answer["document"])
    return document


def _storable(value: Any) -> Any:
    """The same without control characters and half surrogate pairs, of which PostgreSQL would refuse some."""
    if isinstance(value, str):
        return "".join(char for char in value if unicodedata.category(char) not in UNSTORABLE)
    if isinstance(value, list):
        return [_storable(inner) for inner in value]
    if isinstance(value, dict):
        return {key: _storable(inner) for key, inner in value.items()}
    return value

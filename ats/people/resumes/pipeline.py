"""The whole judgement of a file at once, as the upload and the worker give it in turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ats.models import ResumeState
from ats.people.resumes import limits, sandbox
from ats.people.resumes.detect import detect
from ats.people.resumes.errors import ResumeError
from ats.people.resumes.kinds import Kind
from ats.people.resumes.outcomes import OUTCOMES


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` is "" for a file that was read; `kind` None for one of a type that is not taken."""

    state: ResumeState
    kind: Kind | None = None
    code: str = ""
    document: dict[str, Any] = field(default_factory=dict)


def read_file(name: str, data: bytes) -> Finding:
    """What becomes of a file of this name and content."""
    kind = None
    try:
        if len(data) > limits.BYTES:
            raise ResumeError("too_large")
        kind = detect(name, data)
        return Finding(ResumeState.READ, kind, document=sandbox.read(kind, data))
    except ResumeError as error:
        return Finding(OUTCOMES[error.code][0], kind, error.code)

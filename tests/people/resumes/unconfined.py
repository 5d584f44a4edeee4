"""Reading a file within this process: the same readers and rules, a hundred times as fast."""

from __future__ import annotations

import importlib
from typing import Any

from ats.people.resumes.detect import detect
from ats.people.resumes.fields import json_resume, propose
from ats.people.resumes.kinds import Kind
from ats.people.resumes.readers.txt import decode


def read(name: str, content: bytes) -> dict[str, Any]:
    """The JSON Resume that a file is read as. Raises ResumeError."""
    kind = detect(name, content)
    if kind is Kind.JSON:
        return json_resume.propose(decode(content))
    text: str = importlib.import_module(f"ats.people.resumes.readers.{kind}").read(content)
    return propose(text)

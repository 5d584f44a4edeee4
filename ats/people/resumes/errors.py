from __future__ import annotations


class ResumeError(Exception):
    """A file is not read, and why: `code` is one of `ats.people.resumes.outcomes.OUTCOMES`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

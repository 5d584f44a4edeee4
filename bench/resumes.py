"""What one résumé costs: seconds and memory of its reading process, honest files and hostile ones.

`python -m bench.resumes`; seconds also as a ratio to a Python process that does nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ats.people.resumes.kinds import Kind
from tests.people.resumes import files

ROUNDS = 5
CASES: dict[str, tuple[Kind, Callable[[], bytes]]] = {
    "PDF, 1 page": (Kind.PDF, files.pdf),
    "PDF, 30 pages": (Kind.PDF, lambda: files.pdf(files.LINES * 8, pages=30)),
    "DOCX": (Kind.DOCX, files.docx),
    "ODT": (Kind.ODT, files.odt),
    "RTF": (Kind.RTF, files.rtf),
    "text": (Kind.TXT, files.text),
    "PDF, 2,000 pages": (Kind.PDF, lambda: files.pdf(pages=2_000)),
    "PDF that inflates to 500 MB": (Kind.PDF, files.inflating_pdf),
    "DOCX, zip bomb": (Kind.DOCX, files.bomb),
    "DOCX, 40,000 members": (Kind.DOCX, files.crowded),
    "DOCX, billion laughs": (Kind.DOCX, lambda: files.docx(doctype=files.LAUGHS)),
    "RTF, a million braces": (Kind.RTF, lambda: rb"{\rtf1 " + b"{" * 1_000_000),
}


class Cost(NamedTuple):
    seconds: float
    megabytes: float
    answer: str


def main() -> None:
    nothing = measured([sys.executable, "-c", ""], b"").seconds
    print(f"{'':30}{'seconds':>8}{'ratio':>7}{'MB':>6}  answer")
    for name, (kind, make) in CASES.items():
        command = [sys.executable, "-E", "-s", "-m", "ats.people.resumes.sandbox_main", kind]
        cost = measured(command, make())
        print(
            f"{name:30}{cost.seconds:8.3f}{cost.seconds / nothing:7.1f}{cost.megabytes:6.0f}  {cost.answer}"
        )


def measured(command: Sequence[str], content: bytes) -> Cost:
    """The median run of several, by its seconds."""
    return sorted(_once(command, content) for _ in range(ROUNDS))[ROUNDS // 2]


def _once(command: Sequence[str], content: bytes) -> Cost:
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as answer:
        source.write(content)
        source.seek(0)
        begin = time.perf_counter()
        child = subprocess.Popen(command, stdin=source, stdout=answer, stderr=subprocess.DEVNULL)
        _pid, status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        answer.seek(0)
        return Cost(seconds, used.ru_maxrss / 1024, _outcome(child.returncode, answer.read()))


def _outcome(status: int, answer: bytes) -> str:
    if status or not answer:
        return f"exit {status}"
    answered = json.loads(answer)
    return str(answered.get("error", "read"))


if __name__ == "__main__":
    main()

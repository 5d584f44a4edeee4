"""What the reading process may not do, tried from inside it, and what its death does to us."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest

from ats.people.resumes import limits, sandbox
from ats.people.resumes.errors import ResumeError
from ats.people.resumes.kinds import Kind
from tests.people.resumes import files
from tests.processes import ROOT, python

ATTEMPTS = {
    "take 300 MB": ("bytearray(300_000_000)", "MemoryError"),
    "open a file": ("open('/etc/hostname')", "OSError"),
    "open a connection": ("socket.socket()", "OSError"),
    "write more than an answer": ("os.write(1, bytes(1_000_000)) and os.write(1, b'x')", "OSError"),
}
PROGRAM = """
import os, socket, sys
from ats.people.resumes import sandbox_main
sandbox_main.confine(); sandbox_main.open_nothing_more()
try:
    answered = repr({attempt})
except (OSError, MemoryError) as error:
    answered = "MemoryError" if isinstance(error, MemoryError) else "OSError"
print(answered, file=sys.stderr)
"""


def confined(code: str, answer: Path) -> subprocess.CompletedProcess[str]:
    with answer.open("wb") as out:
        command = python("-c", PROGRAM.format(attempt=code))
        return subprocess.run(command, cwd=ROOT, stdout=out, stderr=subprocess.PIPE, text=True, check=False)


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_reading_process_cannot(attempt: str, tmp_path: Path) -> None:
    code, answered = ATTEMPTS[attempt]

    done = confined(code, tmp_path / "answer")

    assert (done.returncode, done.stderr.strip()) == (0, answered)


def test_the_reading_process_is_stopped_when_it_computes_for_long(tmp_path: Path) -> None:
    assert confined("any(iter(int, 1))", tmp_path / "answer").returncode == -signal.SIGXCPU


def test_the_reading_process_is_stopped_when_it_sleeps(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sandbox, "ROOT", program(tmp_path, "import time; time.sleep(60)"))
    monkeypatch.setattr(limits, "SECONDS", 1)

    with pytest.raises(ResumeError, match="too_slow"):
        sandbox.read(Kind.TXT, files.text())


def test_the_reading_process_knows_nothing_of_the_site(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program_code = "import json, os; print(json.dumps({'document': sorted(os.environ)}))"
    monkeypatch.setattr(sandbox, "ROOT", program(tmp_path, program_code))

    assert {"SECRET_KEY", "DATABASE_URL"} & set(sandbox.read(Kind.TXT, files.text())) == set()


def test_the_reading_process_loads_nothing_of_the_site() -> None:
    readers = ", ".join(f"ats.people.resumes.readers.{kind}" for kind in Kind if kind is not Kind.JSON)
    code = f"import sys, ats.people.resumes.sandbox_main, {readers}; print('django' in sys.modules)"

    done = subprocess.run(python("-c", code), cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"


def program(folder: Path, code: str) -> Path:
    """A root in which the reading process is another program."""
    package = folder / "ats" / "people" / "resumes"
    package.mkdir(parents=True)
    for empty in (package.parent.parent, package.parent, package):
        (empty / "__init__.py").touch()
    (package / "sandbox_main.py").write_text(code)
    return folder

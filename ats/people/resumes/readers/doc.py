"""Legacy DOC, by a program of the system where there is one."""

from __future__ import annotations

import shutil
import subprocess

from ats.people.resumes.errors import ResumeError

# Read the file from standard input, write UTF-8 to standard output.
TOOLS = (
    ("catdoc", "-w", "-d", "utf-8"),
    ("antiword", "-w", "0", "-m", "UTF-8.txt", "-"),
)


def read(data: bytes) -> str:
    """The text. The program inherits every limit of this process. Raises ResumeError."""
    tool = next((tool for tool in TOOLS if shutil.which(tool[0])), None)
    if tool is None:
        raise ResumeError("doc_not_read_here")
    done = subprocess.run(tool, input=data, capture_output=True, check=False)
    if done.returncode:
        raise ResumeError("damaged")
    return done.stdout.decode("utf-8", errors="replace")

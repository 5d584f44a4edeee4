"""Which system user runs PostgreSQL, which refuses to run as root."""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path

from backend.local.errors import Unavailable

SYSTEM_USER = "intake_postgres"


def owner() -> str | None:
    """The user to run PostgreSQL as: None for ourselves, another one (made if absent) for root."""
    if os.geteuid() != 0:
        return None
    if SYSTEM_USER not in {entry.pw_name for entry in pwd.getpwall()}:
        make_user()
    return SYSTEM_USER


def make_user() -> None:
    command = ["useradd", "--system", "--user-group", "--no-create-home", SYSTEM_USER]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Unavailable(
            f"PostgreSQL refuses to run as root, and the user {SYSTEM_USER} cannot be made: "
            "run this as an ordinary user, or set DATABASE_URL."
        ) from error


def hand_over(folder: Path, user: str) -> None:
    """Gives the folder to the user, who must be able to pass through the folders above it."""
    shutil.chown(folder, user, user)
    let_pass(folder)


def let_pass(folder: Path) -> None:
    for parent in folder.parents:
        mode = parent.stat().st_mode
        if not mode & stat.S_IXOTH:
            parent.chmod(mode | stat.S_IXOTH)

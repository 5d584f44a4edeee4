"""Where the private servers keep their files, and where their sockets are."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from backend.local.errors import Unavailable

ROOT = Path(__file__).resolve().parent.parent.parent
# A socket's path must fit into 104 bytes on macOS and 108 on Linux; PostgreSQL appends 17.
LONGEST_SOCKET_FOLDER = 85


def data_folder() -> Path:
    """DATA_DIR, or `.data` in the checkout; made if absent, and closed to other users."""
    folder = Path(os.environ.get("DATA_DIR") or ROOT / ".data").expanduser().resolve()
    make_private(folder)
    return folder


def make_private(folder: Path) -> None:
    """Makes the folder with mode 0700, or refuses one that is not ours to write."""
    try:
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    except OSError as error:
        raise Unavailable(f"the folder {folder} cannot be made: {error.strerror}.") from error
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK) or folder.stat().st_uid != os.geteuid():
        raise Unavailable(f"the folder {folder} is not ours to write: set DATA_DIR to another.")


def require_space(folder: Path, megabytes: int) -> None:
    free = shutil.disk_usage(folder).free // 2**20
    if free < megabytes:
        raise Unavailable(f"the disk of {folder} has {free} MB free, and {megabytes} are needed.")


def socket_folder(data: Path) -> Path:
    """The server's own folder, or a short one for it in the system's temporary folder."""
    if len(os.fsencode(data)) <= LONGEST_SOCKET_FOLDER:
        return data
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"intake-{os.getuid()}-{name}"

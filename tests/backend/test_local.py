"""The private servers: started by the first who needs them, stopped with the last."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from backend.local import Unavailable, folder, valkey
from tests.processes import ROOT, python, running, wait_for

USER = """
import os, pathlib, sys, time
from backend import local
local.provide(durable=False)
pathlib.Path(sys.argv[1]).write_text(os.environ["DATABASE_URL"] + " " + os.environ["SECRET_KEY"])
time.sleep(60)
"""


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data folder; whatever a failed test leaves running over it is stopped by a last user."""
    folder = tmp_path / "data"
    yield folder
    end = python("-c", "from backend import local; local.provide()")
    subprocess.run(end, cwd=ROOT, env=environment(folder), check=True)


def environment(data: Path, **more: str) -> dict[str, str]:
    own = {"DATABASE_URL", "CELERY_BROKER_URL", "SECRET_KEY"}
    inherited = {name: value for name, value in os.environ.items() if name not in own}
    return inherited | {"DATA_DIR": str(data)} | more


def user(stack: ExitStack, data: Path, name: str) -> "subprocess.Popen[bytes]":
    """A process that uses the servers until it is killed, once it has them."""
    ready = data.parent / name
    child = stack.enter_context(
        running(python("-c", USER, str(ready)), env=environment(data), log=data.parent / f"{name}.log")
    )
    wait_for(lambda: ready.exists() and ready.read_text())
    return child


def serving(data: Path) -> tuple[bool, bool]:
    """Whether PostgreSQL and Valkey answer."""
    try:
        psycopg.connect(f"postgresql://postgres@/intake?host={data / 'postgres'}").close()
        database = True
    except psycopg.OperationalError:
        database = False
    return database, valkey.answers(data / "valkey" / valkey.SOCKET)


def test_servers_outlive_their_starter_and_end_with_the_last_user(data: Path) -> None:
    with ExitStack() as stack:
        first, second = user(stack, data, "first"), user(stack, data, "second")
        assert (data.parent / "first").read_text() == (data.parent / "second").read_text()
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
        assert serving(data) == (True, True)
        second.send_signal(signal.SIGINT)
        second.wait()
    assert serving(data) == (False, False)


def test_the_data_folder_is_closed_to_others(data: Path) -> None:
    with ExitStack() as stack:
        user(stack, data, "first")
        modes = {file.name: file.stat().st_mode & 0o066 for file in (data, *data.iterdir())}
    assert modes.pop("starting.lock") | modes.pop("users.lock") == 0o044
    assert set(modes.values()) == {0}


def test_what_the_environment_names_is_kept(data: Path) -> None:
    named = {"DATABASE_URL": "a", "CELERY_BROKER_URL": "b", "SECRET_KEY": "c"}
    show = python(
        "-c",
        "import os; from backend import local; local.provide(); "
        f"print({{name: os.environ[name] for name in {list(named)}}})",
    )
    done = subprocess.run(
        show, cwd=ROOT, env=environment(data, **named), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(named)
    assert not data.exists()


def test_an_unusable_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = subprocess.run(
        python("manage.py", "check"),
        cwd=ROOT,
        env=environment(tmp_path / "file" / "data"),
        capture_output=True,
        text=True,
        check=False,
    )
    sentence = f"intake: the folder {tmp_path}/file/data cannot be made: Not a directory.\n"
    assert (done.returncode, done.stderr) == (1, sentence)


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"has \d+ MB free, and 1000000000 are needed\.$"):
        folder.require_space(tmp_path, 10**9)


def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("long" * 30)
    short = folder.socket_folder(deep)
    assert short != deep
    assert len(str(short)) <= folder.LONGEST_SOCKET_FOLDER
    assert folder.socket_folder(deep / "other") != short

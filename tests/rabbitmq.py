"""A private RabbitMQ for tests, where the system has one: on loopback, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.processes import running, wait_for

# The distribution's wrapper of this name asks for another user; the program itself does not.
PROGRAM = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")


def is_installed() -> bool:
    return PROGRAM.exists() and shutil.which("epmd") is not None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class RabbitMQ:
    """Where one keeps its files and listens; `commands` are its two processes by name."""

    folder: Path
    port: int = field(default_factory=free_port)
    names_port: int = field(default_factory=free_port)
    nodes_port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        return f"amqp://guest:guest@127.0.0.1:{self.port}//"

    @property
    def env(self) -> dict[str, str]:
        return os.environ | self.own_env

    @property
    def own_env(self) -> dict[str, str]:
        return {
            "HOME": str(self.folder),
            "ERL_EPMD_PORT": str(self.names_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"intake{self.port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(self.nodes_port),
            "RABBITMQ_MNESIA_BASE": str(self.folder / "rabbitmq"),
            "RABBITMQ_LOG_BASE": str(self.folder / "rabbitmq-log"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "plugins"),
            "RABBITMQ_CONF_ENV_FILE": str(self.folder / "absent"),
        }

    @property
    def commands(self) -> dict[str, list[str]]:
        return {"names of brokers": ["epmd"], "broker": [str(PROGRAM)]}

    def answers(self) -> bool:
        """Whether it speaks AMQP, not only listens."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as line:
            line.sendall(b"AMQP\x00\x00\x09\x01")
            return line.recv(1) == b"\x01"  # the frame of its Connection.Start
        return False

    def ask(self, *words: str) -> str:
        """What `rabbitmqctl` says."""
        control = [str(PROGRAM.with_name("rabbitmqctl")), "--quiet", *words]
        return subprocess.run(control, env=self.env, capture_output=True, text=True, check=True).stdout


@contextmanager
def rabbitmq(folder: Path) -> Iterator[RabbitMQ]:
    """One that answers."""
    server = RabbitMQ(folder)
    names, broker = server.commands.values()
    with (
        running(names, env=server.env, log=folder / "names.log"),
        running(broker, env=server.env, log=folder / "broker.log"),
    ):
        wait_for(server.answers)
        yield server

"""The brokers that a site may use: what they run, where they listen, and how they lose everything."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from backend.local import valkey
from tests.rabbitmq import RabbitMQ

VALKEY = {
    "port": "0",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",
    "daemonize": "no",
}


class Broker(Protocol):
    """`url` is for Celery; `commands` are run with `env`, and "broker" among them is killed."""

    @property
    def url(self) -> str: ...
    @property
    def env(self) -> Mapping[str, str]: ...
    @property
    def commands(self) -> dict[str, list[str]]: ...
    def forget(self) -> None: ...


class Valkey:
    """Also the cache of every site."""

    env: Mapping[str, str] = {}

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "valkey"
        self.folder.mkdir(mode=0o700)
        self.socket = self.folder / "valkey.sock"

    @property
    def url(self) -> str:
        return f"redis+socket://{self.socket}?virtual_host=0"

    @property
    def cache_url(self) -> str:
        return f"unix://{self.socket}?db=1"

    @property
    def commands(self) -> dict[str, list[str]]:
        options = VALKEY | {"dir": str(self.folder), "unixsocket": str(self.socket)}
        flags = [word for name, value in options.items() for word in (f"--{name}", value)]
        return {"broker": [valkey.program(), *flags]}

    def forget(self) -> None:
        for file in self.folder.glob("appendonlydir/*"):
            file.unlink()


class Rabbit:
    """With a Valkey beside it, for the cache, which is left alone."""

    def __init__(self, folder: Path, cache: Valkey) -> None:
        self.server, self.cache = RabbitMQ(folder), cache

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def env(self) -> Mapping[str, str]:
        return self.server.own_env

    @property
    def commands(self) -> dict[str, list[str]]:
        return {"cache": self.cache.commands["broker"]} | self.server.commands

    def forget(self) -> None:
        shutil.rmtree(self.server.folder / "rabbitmq", ignore_errors=True)

"""The whole site in processes of its own, on servers of its own, every one of which may be killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from backend.local.postgres import OPTIONS, Server
from tests.crash import clock
from tests.crash.brokers import Broker, Rabbit, Valkey
from tests.processes import ROOT, python
from tests.rabbitmq import free_port

CELERY = ("-m", "celery", "-A", "backend", "--quiet")


@dataclass
class Site:
    """Web, worker, schedule, broker and database under `folder`."""

    folder: Path
    random: random.Random
    with_rabbitmq: bool = False
    port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.postgres = Server(self.folder / "postgres")
        self.postgres.initialise()
        self.postgres.start(OPTIONS)
        self.postgres.ensure_database()
        clock.prepare(self.postgres.url("intake"))
        cache = Valkey(self.folder)
        self.broker: Broker = Rabbit(self.folder, cache) if self.with_rabbitmq else cache
        self.env = os.environ | {
            "DATABASE_URL": self.postgres.url("intake"),
            "CELERY_BROKER_URL": self.broker.url,
            "CACHE_URL": cache.cache_url,
            "SECRET_KEY": "only-for-the-crash-suite-0123456789-0123456789-0123456789",
            "PLAIN_HTTP": "true",
            "MAILBOX_DIR": str(self.folder / "mail"),
            "WEBHOOK_TO_LOOPBACK": "true",
            "RATE_PUBLIC": "100000/min",
            "LOG_LEVEL": "ERROR",
        }

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def commands(self) -> dict[str, list[str]]:
        web = ("-m", "granian", "--interface", "wsgi", "--port", str(self.port), "--log-level", "critical")
        return {
            **self.broker.commands,
            "web": python(*web, "--blocking-threads", "4", "backend.wsgi:application"),
            "worker": python(*CELERY, "worker", "-c", "2", "-l", "ERROR"),
            "schedule": python(
                *CELERY, "beat", "-s", str(self.folder / "beat"), "--pidfile", "", "-l", "ERROR"
            ),
        }

    def keep_running(self) -> None:
        """Start whatever does not run, as a service manager would."""
        for name, command in self.commands().items():
            child = self.running.get(name)
            if child is None or child.poll() is not None:
                log = (self.folder / f"{name}.log").open("ab")
                self.running[name] = subprocess.Popen(
                    command, cwd=ROOT, env=self.env_of(name), stdout=log, stderr=log, start_new_session=True
                )

    def env_of(self, name: str) -> dict[str, str]:
        return {**self.env, **self.broker.env} if name in self.broker.commands else self.env

    def kill(self, name: str) -> None:
        """kill -9 of a service and all its children."""
        child = self.running[name]
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def kill_worker_child(self) -> None:
        with suppress(psutil.NoSuchProcess, IndexError):
            self.random.choice(psutil.Process(self.running["worker"].pid).children()).kill()

    def empty_broker(self) -> None:
        self.kill("broker")
        self.broker.forget()

    def crash_database(self) -> None:
        """All its processes at once; what was committed must be there again."""
        self.postgres.run("pg_ctl", "-D", str(self.postgres.data), "-m", "immediate", "stop")
        self.postgres.start(OPTIONS)

    def kills(self) -> dict[str, Callable[[], None]]:
        return {
            "web": lambda: self.kill("web"),
            "worker": lambda: self.kill("worker"),
            "worker child": self.kill_worker_child,
            "schedule": lambda: self.kill("schedule"),
            "broker": lambda: self.kill("broker"),
            "broker emptied": self.empty_broker,
            "database": self.crash_database,
            "clock stepped": lambda: clock.step(self.postgres.url("intake"), self.random),
        }

    def kill_something(self, number: int) -> str:
        """One of the kills, each in its turn, at a random moment; its name."""
        names = list(self.kills())
        name = names[number % len(names)]
        time.sleep(self.random.uniform(0, 0.5))
        self.kills()[name]()
        time.sleep(self.random.uniform(0, 0.3))
        self.keep_running()
        return name

    def stop(self) -> None:
        for name in self.running:
            self.kill(name)
        self.postgres.run("pg_ctl", "-D", str(self.postgres.data), "-m", "fast", "stop")

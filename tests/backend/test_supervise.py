"""Several processes as one: all of them serve, or none is left."""

import os
import signal
import subprocess
from pathlib import Path

import psutil
import pytest

from tests.processes import ROOT, python, wait_for

# Runs its arguments as shell commands, and prints how it ended.
PARENT = """
import os, sys
from pathlib import Path
from backend import supervise
supervise.PATIENCE = 0.5
supervise.SERVED = float(os.environ.get("SERVED", "10"))
try:
    with supervise.supervised(Path.cwd(), os.environ) as supervisor:
        for number, command in enumerate(sys.argv[1:]):
            supervisor.start(f"process {number}", ["sh", "-c", command])
        print("started", flush=True)
        supervisor.watch(lambda: None, lambda text: print(text, flush=True))
except (supervise.Died, supervise.Stopped) as reason:
    print(type(reason).__name__, reason)
"""
FOREVER = "exec sleep 60"
STUBBORN = "trap '' TERM; while true; do sleep 0.1; done"
WITH_A_CHILD = "sleep 60 & sleep 60"


def start(*commands: str, served: str = "10") -> "subprocess.Popen[str]":
    env = os.environ | {"SERVED": served}
    parent = subprocess.Popen(
        python("-c", PARENT, *commands), cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout
    assert parent.stdout.readline() == "started\n"
    return parent


def descendants(parent: "subprocess.Popen[str]") -> list[psutil.Process]:
    return psutil.Process(parent.pid).children(recursive=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything(number: signal.Signals) -> None:
    parent = start(FOREVER, STUBBORN, WITH_A_CHILD)
    wait_for(lambda: len(descendants(parent)) >= 5)
    children = descendants(parent)
    parent.send_signal(number)
    assert parent.communicate(timeout=60)[0] == f"Stopped {number.name}\n"
    assert psutil.wait_procs(children, timeout=60)[1] == []


def test_when_one_ends_the_rest_is_stopped_and_it_is_named(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    parent = start(FOREVER, f"read line < {pipe}; exit 3")
    children = descendants(parent)
    pipe.write_text("end\n")
    assert parent.communicate(timeout=60)[0] == ("Died the process 1 ended by itself (exit code 3)\n")
    assert psutil.wait_procs(children, timeout=60)[1] == []


def test_what_has_served_and_ends_is_started_again(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    parent = start(FOREVER, f"read line < {pipe}; exit 3", served="0")
    assert parent.stdout

    said = []
    for _ in range(2):
        pipe.write_text("end\n")
        said.append(parent.stdout.readline())
    parent.terminate()

    assert said == ["The process 1 had ended and was started again.\n"] * 2
    assert parent.communicate(timeout=60)[0] == "Stopped SIGTERM\n"

"""The units in `deploy/systemd/` are what systemd takes, and start what is there."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.processes import ROOT

UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_takes_the_unit(unit: Path, tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if not program:
        pytest.skip("no systemd-analyze on this machine")
    ours = tmp_path / unit.name
    ours.write_text(
        re.sub("ExecStart=/srv/intake/.venv/bin/", f"ExecStart={ROOT}/.venv/bin/", unit.read_text())
    )

    done = subprocess.run([program, "verify", ours], capture_output=True, text=True, check=False)

    complaints = [line for line in done.stderr.splitlines() if unit.name in line]
    assert (done.returncode, complaints) == (0, [])


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_comes_back_whatever_ends_it(unit: Path) -> None:
    assert "Restart=always" in unit.read_text().splitlines()

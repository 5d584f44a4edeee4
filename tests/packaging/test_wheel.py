"""What `pip install .` installs works without the repository."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.processes import ROOT

PACKAGES = ("api", "ats", "backend", "fixtures", "web", "locale")
NEVER_SHIPPED = {".py", ".pyc", ".po"}
USES = """
import json, os, django
django.setup()
from django.contrib.staticfiles.finders import find
from django.template.loader import get_template
from django.utils.translation import gettext, override
from ats.people.institutions.shipped import shipped_institutions
with override("zh-hans"):
    translated = gettext("Mailbox")
print(json.dumps({
    "institutions": len(shipped_institutions()),
    "is_translated": not translated.isascii(),
    "template": get_template("careers/index.html").origin.name,
    "style": find("careers/careers.css"),
}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built offline from a copy, so that nothing is left in the repository."""
    folder = tmp_path_factory.mktemp("source")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.py", "setup.cfg", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, folder / name)
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--wheel-dir", "dist"]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, "."], cwd=folder, check=True)
    (built,) = (folder / "dist").glob("intake-*.whl")
    return built


def test_a_wheel_has_every_file_beside_the_code(wheel: Path) -> None:
    files = {
        path.relative_to(ROOT).as_posix()
        for name in PACKAGES
        for path in (ROOT / name).rglob("*")
        if path.is_file() and path.suffix not in NEVER_SHIPPED
    }
    shipped = {name.replace("backend/locale/", "locale/") for name in zipfile.ZipFile(wheel).namelist()}

    assert sorted(files - shipped) == []
    assert [name for name in shipped if name.startswith(("tests/", "bench/"))] == []


def test_what_is_installed_finds_its_lists_texts_templates_and_styles(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    given = {"SECRET_KEY": "k" * 60, "DATABASE_URL": "postgresql://nowhere/none", "PYTHONPATH": str(tmp_path)}
    given |= {"CELERY_BROKER_URL": "redis://nowhere/0", "DJANGO_SETTINGS_MODULE": "backend.settings"}

    ran = subprocess.run(
        [sys.executable, "-c", USES],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], **given},
        capture_output=True,
        text=True,
        check=True,
    )

    found = json.loads(ran.stdout)
    assert found["institutions"] > 800
    assert found["is_translated"]
    assert Path(found["template"]).is_relative_to(tmp_path)
    assert Path(found["style"]).is_relative_to(tmp_path)

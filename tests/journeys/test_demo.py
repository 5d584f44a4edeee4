"""`make demo` against a site as `make run` starts it: every request is printed with its answer."""

from __future__ import annotations

import os
import re
import subprocess

from tests.journeys.running_site import made_run
from tests.processes import ROOT, python


def test_the_demo_plays_the_main_job_and_one_refusal() -> None:
    with made_run() as site:
        env = os.environ | {"PORT": site.rpartition(":")[2]}
        done = subprocess.run(
            python("manage.py", "demo"), cwd=ROOT, env=env, capture_output=True, text=True, check=True
        )

    exchanges = re.findall(r"^> (\w+) /api/v1/([\w/-]+).*?^< (\d+)", done.stdout, re.MULTILINE | re.DOTALL)
    assert [(method, re.sub(r"\d+", "{id}", path), int(status)) for method, path, status in exchanges] == [
        ("POST", "codes/", 202),
        ("POST", "tokens/", 201),
        ("PUT", "me/profile/", 200),
        ("GET", "public/postings/", 200),
        ("POST", "me/applications/", 409),
        ("GET", "public/postings/", 200),
        ("POST", "me/applications/", 201),
        ("POST", "codes/", 202),
        ("POST", "tokens/", 201),
        ("GET", "applications/", 200),
        ("GET", "pipelines/", 200),
        ("POST", "moves/", 201),
        ("GET", "me/applications/{id}/", 200),
    ]
    assert "您的毕业时间（2026年6月）早于本次招聘范围，该范围自2026年11月起。" in done.stdout
    assert "溯湖集团：您的投递进入「筛选中」" in done.stdout

"""A Python client that nobody wrote: generated from the site's own OpenAPI document."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any, get_args, get_type_hints

import httpx
import pytest

from tests.processes import python

PACKAGE = "intake_client"
JSON = {"Accept": "application/vnd.oai.openapi+json"}


class Refusal(AssertionError):
    """The site refused what the generated client sent."""


class Client:
    """Somebody who uses the generated package: `do("me.me_retrieve")` calls an operation's function."""

    def __init__(self, site: str, token: str = "") -> None:
        package = importlib.import_module(PACKAGE)
        signed = {"token": token} if token else {}
        client = package.AuthenticatedClient if token else package.Client
        self._client: Any = client(base_url=site, timeout=httpx.Timeout(60), **signed)

    def do(self, operation: str, *path: Any, body: dict[str, Any] | None = None, **arguments: Any) -> Any:
        """The parsed answer. A body is given as plain values, and read into the operation's model."""
        module = importlib.import_module(f"{PACKAGE}.api.{operation}")
        if body is not None:
            arguments["body"] = _model(module).from_dict(body)
        return self.send(module, *path, **arguments)

    def upload(self, name: str, content: bytes) -> Any:
        """A résumé as a form of several parts."""
        module = importlib.import_module(f"{PACKAGE}.api.me.me_resumes_create")
        file = importlib.import_module(f"{PACKAGE}.types").File(BytesIO(content), name)
        return self.send(module, body=_model(module)(file=file))

    def send(self, module: ModuleType, *path: Any, **arguments: Any) -> Any:
        answer = module.sync_detailed(*map(str, path), client=self._client, **arguments)
        if answer.status_code >= 400:
            raise Refusal(module.__name__, answer.status_code, answer.content)
        return answer.parsed if answer.parsed is not None else answer.content


def _model(module: ModuleType) -> Any:
    hint = get_type_hints(module.sync_detailed)["body"]
    return next(kind for kind in (hint, *get_args(hint)) if hasattr(kind, "from_dict"))


@contextmanager
def generated_from(site: str, folder: Path) -> Iterator[None]:
    """The package can be imported meanwhile."""
    schema = folder / "schema.json"
    schema.write_text(httpx.get(f"{site}/api/schema/", headers=JSON, timeout=60).text, "utf-8")
    generate = ["generate", "--path", str(schema), "--meta", "none", "--output-path", PACKAGE]
    program = python("-c", "from openapi_python_client.cli import app; app()")
    made = subprocess.run([*program, *generate], cwd=folder, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        yield
    for name in [name for name in sys.modules if name.split(".")[0] == PACKAGE]:
        del sys.modules[name]

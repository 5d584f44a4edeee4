"""What pages say exists in Chinese, and the compiled catalogue is that of the written one."""

import ast
import gettext
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import ROOT

SOURCES = sorted(
    path for room in ("api", "ats", "backend", "web", "locale") for path in (ROOT / room).rglob("*.po")
)


def written(path: Path) -> dict[str, str]:
    """msgid -> msgstr of a catalogue whose texts are on one line each."""
    lines = path.read_text().splitlines()
    texts = [
        line.partition(" ")[2][1:-1] for line in lines if line.startswith(("msgid ", "msgstr ", "msgstr[0] "))
    ]
    return dict(zip(texts[2::2], texts[3::2], strict=True))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_text_is_translated_and_compiled(path: Path) -> None:
    texts = written(path)
    assert texts
    assert all(texts.values())
    with path.with_suffix(".mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    assert {text: catalogue.gettext(text) for text in texts} == texts


MARKS = {"_", "gettext", "gettext_lazy", "ngettext"}


def marked(source: str) -> Iterator[str]:
    """What a module's code hands to gettext."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def test_every_sentence_of_the_code_is_in_a_catalogue() -> None:
    modules = (path for room in ("api", "ats", "backend", "web") for path in (ROOT / room).rglob("*.py"))
    said = {text for path in modules for text in marked(path.read_text())}
    translated = {text.replace('\\"', '"') for path in SOURCES for text in written(path)}

    assert said - translated == set()

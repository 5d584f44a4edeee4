"""Rules by institution may be written with names; they are kept with ids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from ats.common.errors import Invalid
from ats.people.institutions import Mention, Recognition, resolve
from ats.people.institutions.mention import choices_document

Named = tuple[str, list[Any]]  # where a list of institutions stands in the tree, and the list


def with_institution_ids(tree: Any, at: str = "tree") -> Any:
    """A copy of a tree in which each institution that is named is the one of that name.

    Raises Invalid("institution_ambiguous"), with the `choices`, and Invalid("unknown_institution"), for
    the first name that is not certain.
    """
    copied = _copied(tree)
    lists = list(_lists(copied, at))
    names = sorted({value for _at, values in lists for value in values if isinstance(value, str)})
    found = dict(zip(names, resolve([Mention(name) for name in names]) if names else (), strict=True))
    for where, values in lists:
        ids = [_id(value, found, f"{where}.{index}") for index, value in enumerate(values)]
        values[:] = dict.fromkeys(ids) if all(isinstance(value, int) for value in ids) else ids
    return copied


def _copied(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _copied(value) for key, value in node.items()}
    return [_copied(item) for item in node] if isinstance(node, list) else node


def _lists(node: Any, at: str) -> Iterator[Named]:
    """Every list of institutions below a node."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _lists(item, f"{at}.{index}")
    if not isinstance(node, dict):
        return
    params = node.get("params")
    if node.get("kind") == "institution" and isinstance(params, dict):
        if isinstance(values := params.get("institutions"), list):
            yield f"{at}.params.institutions", values
        return
    for key, value in node.items():
        yield from _lists(value, f"{at}.{key}")


def _id(value: Any, found: dict[str, Recognition], at: str) -> Any:
    if not isinstance(value, str):
        return value
    recognition = found[value]
    if recognition.institution:
        return recognition.institution.pk
    if recognition.choices:
        sentence = _("%(name)s can be more than one institution. Give the id of the one that you mean.")
        choices = choices_document(recognition.choices)
        raise Invalid("institution_ambiguous", sentence % {"name": value}, field=at, choices=choices)
    sentence = _("There is no institution called %(name)s. Choose one from the list of institutions.")
    raise Invalid("unknown_institution", sentence % {"name": value}, field=at)

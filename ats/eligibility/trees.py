"""Rules combined by all, any and not; kept without "not": it is moved down to the rules themselves.

By De Morgan's laws, which are true of three values too, so every node is all, any, or a rule that has
to be met or has to be not met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations, product
from typing import Any

from django.utils.translation import gettext as _

from ats.common.errors import Invalid
from ats.common.json_schemas import compiled, refuse_misfit
from ats.eligibility.kinds import KINDS
from ats.eligibility.kinds.base import Rule
from ats.eligibility.text import Text, listed

MOST_RULES = 100
LEAF = compiled(
    {
        "type": "object",
        "properties": {"kind": {"type": "string", "enum": list(KINDS)}, "params": {}},
        "additionalProperties": False,
    }
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A rule that has to be met; not met, where it is `negated`."""

    rule: Rule
    negated: bool = False

    def describe(self) -> Text:
        words = self.rule.describe()
        return Text(f"not: {words.en}", f"不得为：{words.zh}") if self.negated else words


@dataclass(frozen=True, slots=True)
class All:
    nodes: tuple[Node, ...]

    def describe(self) -> Text:
        if not self.nodes:
            return Text("no requirement", "无要求")
        return Text(
            "; ".join(n.describe().en for n in self.nodes), "；".join(n.describe().zh for n in self.nodes)
        )


@dataclass(frozen=True, slots=True)
class Any_:  # noqa: N801  (the word is taken)
    nodes: tuple[Node, ...]

    def describe(self) -> Text:
        choice = listed((_bracketed(node) for node in self.nodes), en="or", zh="或")
        return Text(f"either {choice.en}", f"满足其一：{choice.zh}") if len(self.nodes) > 1 else choice


Node = Leaf | All | Any_
NOTHING_ASKED = All(())


@dataclass(frozen=True, slots=True)
class Rules:
    """What is asked of who applies, and what is preferred: that orders people and refuses nobody."""

    required: Node
    preferred: tuple[Node, ...] = ()

    def describe(self) -> Text:
        """All of it as sentences."""
        asked = self.required.describe()
        whole = Text(f"Required: {asked.en}.", f"要求：{asked.zh}。")
        if not self.preferred:
            return whole
        wished = All(self.preferred).describe()
        preferred = Text(f"Preferred: {wished.en}.", f"优先考虑：{wished.zh}。")
        if self.required == NOTHING_ASKED:
            return preferred
        return Text(f"{whole.en} {preferred.en}", f"{whole.zh}{preferred.zh}")


def read_rules(data: Any, at: str = "tree") -> Rules:
    """What a saved tree stands for. Raises Invalid, whose field is the path to the fault.

    A node at the top, or in the `all` there, may be `{"preferred": node}`.
    """
    is_all = isinstance(data, dict) and list(data) == ["all"] and isinstance(data["all"], list)
    items = [(item, f"{at}.all.{i}") for i, item in enumerate(data["all"])] if is_all else [(data, at)]
    preferred = [
        _read(item["preferred"], f"{path}.preferred", negated=False)
        for item, path in items
        if _is_preferred(item)
    ]
    required = [_read(item, path, negated=False) for item, path in items if not _is_preferred(item)]
    node = All(tuple(required)) if is_all or not required else required[0]
    _refuse_too_many([node, *preferred], at)
    return Rules(node, tuple(preferred))


def read_tree(data: Any, at: str = "tree") -> Node:
    """What a saved tree requires; see `read_rules`."""
    return read_rules(data, at).required


def _is_preferred(item: Any) -> bool:
    return isinstance(item, dict) and list(item) == ["preferred"]


def _refuse_too_many(nodes: Iterable[Node], at: str) -> None:
    if sum(1 for node in nodes for _leaf in leaves(node)) > MOST_RULES:
        sentence = _("There are more than %(most)d rules in one tree.")
        raise Invalid("too_many_rules", sentence % {"most": MOST_RULES}, field=at)


def _read(data: Any, at: str, *, negated: bool) -> Node:
    if not isinstance(data, dict):
        raise Invalid("not_an_object", _("An object is expected here."), field=at)
    if data.get("kind") is not None:
        return _read_leaf(data, at, negated=negated)
    word = next(iter(data), None)
    if len(data) != 1 or word not in ("all", "any", "not"):
        sentence = _("A node has one of: all, any, not, or a kind with its params; preferred at the top.")
        raise Invalid("node_invalid", sentence, field=at)
    if word == "not":
        return _read(data["not"], f"{at}.not", negated=not negated)
    return _read_group(data[word], word, f"{at}.{word}", negated=negated)


def _read_group(items: Any, word: str, at: str, *, negated: bool) -> Node:
    if not isinstance(items, list):
        raise Invalid("list_invalid", _("Give a list of nodes."), field=at)
    nodes = tuple(_read(item, f"{at}.{index}", negated=negated) for index, item in enumerate(items))
    is_all = (word == "all") is not negated
    if not nodes and not is_all:
        raise Invalid("nobody_can_meet", _("Of no rules, none can be met."), field=at)
    return All(nodes) if is_all else Any_(nodes)


def _read_leaf(data: dict[str, Any], at: str, *, negated: bool) -> Leaf:
    refuse_misfit(LEAF, data, at)
    rule = KINDS[data["kind"]].load(data.get("params") or {}, f"{at}.params")
    return Leaf(rule, negated)


def leaves(node: Node) -> Iterator[Leaf]:
    if isinstance(node, Leaf):
        yield node
    else:
        for inner in node.nodes:
            yield from leaves(inner)


def conjuncts(node: Node) -> list[Node]:
    """What has to be met all together, at the top."""
    if not isinstance(node, All):
        return [node]
    return [part for inner in node.nodes for part in conjuncts(inner)]


def without(node: Node, is_waived: Callable[[Rule], bool]) -> Node:
    """The tree in which the waived rules are as good as met: it asks for less, never for more."""
    if isinstance(node, Leaf):
        return NOTHING_ASKED if is_waived(node.rule) else node
    nodes = [without(inner, is_waived) for inner in node.nodes]
    if isinstance(node, All):
        return All(tuple(inner for inner in nodes if inner != NOTHING_ASKED))
    return NOTHING_ASKED if NOTHING_ASKED in nodes else Any_(tuple(nodes))


def refuse_impossible(node: Node, at: str = "tree") -> None:
    """Raise Invalid where two requirements exclude one another, so that nobody could apply."""
    if clash := _clash(node, ()):
        first, second = (leaf.describe().en for leaf in clash)
        sentence = _("Nobody can meet this: %(first)s.")
        if first != second:
            sentence = _("Nobody can meet both: %(first)s; %(second)s.")
        raise Invalid("nobody_can_meet", sentence % {"first": first, "second": second}, field=at)


def _clash(node: Node, asked: tuple[Leaf, ...]) -> tuple[Leaf, Leaf] | None:
    """Two that exclude one another, beside what is asked anyway; of a choice, when no way is left."""
    parts = conjuncts(node)
    mine = tuple(part for part in parts if isinstance(part, Leaf))
    alone = ((leaf, leaf) for leaf in mine)
    for first, second in chain(alone, product(asked, mine), combinations(mine, 2)):
        if _exclude(first, second):
            return first, second
    for choice in (part for part in parts if isinstance(part, Any_)):
        clashes = [_clash(way, asked + mine) for way in choice.nodes]
        if all(clashes):
            return clashes[0]
    return None


def _exclude(first: Leaf, second: Leaf) -> bool:
    if first.negated or second.negated:
        return first.rule == second.rule and first.negated != second.negated
    return first.rule.kind == second.rule.kind and first.rule.excludes(second.rule)


def _bracketed(node: Node) -> Text:
    words = node.describe()
    is_long = isinstance(node, All) and len(node.nodes) > 1
    return Text(f"({words.en})", f"（{words.zh}）") if is_long else words

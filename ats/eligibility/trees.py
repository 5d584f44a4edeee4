"""Rules combined by all, any and not; kept without "not": it is moved down to the rules themselves.

By De Morgan's laws, which hold for three values too, so every node is all, any, or a rule that has
to be met or has to be not met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations, product
from typing import Any

from django.utils.translation import gettext as _

from ats.common.errors import Invalid
from ats.eligibility.kinds import KINDS
from ats.eligibility.kinds.base import Rule
from ats.eligibility.params import Params
from ats.eligibility.text import Text, listed

MOST_RULES = 100


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


def read_tree(data: Any, at: str = "tree") -> Node:
    """The tree that a saved document stands for. Raises Invalid, which names the place and the fault."""
    node = _read(data, at, negated=False)
    count = sum(1 for _leaf in leaves(node))
    if count > MOST_RULES:
        sentence = _("There are more than %(most)d rules in one tree.")
        raise Invalid("too_many_rules", sentence % {"most": MOST_RULES}, field=at)
    return node


def _read(data: Any, at: str, *, negated: bool) -> Node:
    params = Params(data, at)
    if params.has("kind"):
        return _read_leaf(params, at, negated=negated)
    word = next(iter(data), None)
    if len(data) != 1 or word not in ("all", "any", "not"):
        sentence = _("A node has one of: all, any, not, or a kind with its params.")
        raise params.refusal("node_invalid", sentence)
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


def _read_leaf(params: Params, at: str, *, negated: bool) -> Leaf:
    kind = KINDS[params.choice("kind", KINDS)]
    own = Params(params.optional("params", {}), f"{at}.params")
    params.finish()
    rule = kind.read(own)
    own.finish()
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


def sentence(node: Node) -> Text:
    """The whole tree as one sentence."""
    words = node.describe()
    return Text(f"Required: {words.en}.", f"要求：{words.zh}。")


def _bracketed(node: Node) -> Text:
    words = node.describe()
    is_long = isinstance(node, All) and len(node.nodes) > 1
    return Text(f"({words.en})", f"（{words.zh}）") if is_long else words

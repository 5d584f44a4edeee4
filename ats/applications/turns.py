"""Whose turn it is: a weighted round robin that gives the same turns to a batch as one by one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from heapq import heapify, heapreplace
from typing import NamedTuple

Share = tuple[int, int, int, int, int]  # rule, id, member, weight, assigned_count


class Turn(NamedTuple):
    """An application, and the share of the rule that takes it."""

    application: int
    rule: int
    share: int
    member: int


def take_turns(shares: Sequence[Share], applications: Sequence[tuple[int, int]]) -> list[Turn]:
    """Give each application, a pair of its id and its rule, to a share of that rule, in the given order.

    The next turn of a share stands at (assigned_count + 1) / weight, the one after it at
    (assigned_count + 2) / weight, and so on. The lowest turn comes first; of equal ones that of the
    older share. So no share is ever a whole turn ahead of its weight.
    """
    queues: dict[int, list[tuple[Fraction, int, int, int]]] = {}
    for rule, share, member, weight, count in shares:
        queues.setdefault(rule, []).append((Fraction(count + 1, weight), share, member, weight))
    for queue in queues.values():
        heapify(queue)
    turns = []
    for application, rule in applications:
        at, share, member, weight = queues[rule][0]
        heapreplace(queues[rule], (at + Fraction(1, weight), share, member, weight))
        turns.append(Turn(application, rule, share, member))
    return turns

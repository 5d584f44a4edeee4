"""Chance that repeats itself: streams of numbers by name, and draws from tables of weights."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


def stream(seed: int, name: str) -> Random:
    """Numbers of their own for each kind of fact, so that one more draw here moves nothing there."""
    return Random(f"{seed}: {name}")  # noqa: S311 - nothing of this is a secret


class Weighted(Generic[T]):
    """Choices that come up in proportion to their weights."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self._choices = list(weights)
        self._bounds = list(accumulate(weights.values()))

    def draw(self, random: Random) -> T:
        point = random.random() * self._bounds[-1]
        return self._choices[bisect(self._bounds, point, hi=len(self._choices) - 1)]

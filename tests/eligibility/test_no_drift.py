"""The SQL says of every person and every tree what an independent, naive evaluator says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ats.eligibility.compiler import QueryCompiler
from ats.eligibility.facts import of_stated
from ats.eligibility.kinds.base import Context
from ats.eligibility.trees import read_tree
from tests.eligibility import naive
from tests.eligibility.strategies import CONTEXTS, PARAMS, people, savable_trees

pytestmark = pytest.mark.django_db

# 420 examples of 8 people and 6 trees are 20,160 pairs; larger examples would be poorer ones.
EXAMPLES = 420
PEOPLE = st.lists(people, min_size=8, max_size=8)
TREES = st.lists(savable_trees, min_size=6, max_size=6)
slow_is_fine = settings(
    max_examples=EXAMPLES,
    deadline=None,
    # Shrinking dozens of people and trees takes minutes and they are small already.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
        HealthCheck.function_scoped_fixture,
    ],
)


def judged(trees_: list[Any], people_: list[Any], context: Context) -> list[list[bool | None]]:
    """By person, the outcome of each tree."""
    compiler = QueryCompiler()
    indexes = [compiler.add(read_tree(tree), context) for tree in trees_]
    return [[row["v"][index] for index in indexes] for row in compiler.run(of_stated(people_))]


@slow_is_fine
@given(people_=PEOPLE, trees_=TREES, context=st.sampled_from(CONTEXTS))
def test_the_statement_and_the_naive_evaluator_agree(
    people_: list[Any], trees_: list[Any], context: Context
) -> None:
    found = judged(trees_, people_, context)

    assert found == [[naive.verdict(tree, facts, context) for tree in trees_] for facts in people_]


@pytest.mark.parametrize("kind", sorted(PARAMS))
@settings(slow_is_fine, max_examples=8)
@given(data=st.data())
def test_each_kind_alone_agrees(kind: str, data: st.DataObject) -> None:
    params = data.draw(st.lists(PARAMS[kind], min_size=5, max_size=5))
    people_ = data.draw(st.lists(people, min_size=10, max_size=10))
    trees_ = [{"kind": kind, "params": each} for each in params]
    context = data.draw(st.sampled_from(CONTEXTS))

    found = judged(trees_, people_, context)

    assert found == [[naive.verdict(tree, facts, context) for tree in trees_] for facts in people_]

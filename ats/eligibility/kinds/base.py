"""What every rule kind says about itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, ClassVar, Self

from ats.common.json_schemas import Schema, compiled, refuse_misfit
from ats.eligibility.text import Text, plain

Facts = Mapping[str, Any]
# Hands a value to the statement and gives the name under which the SQL refers to it.
Bind = Callable[[object], str]


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule is judged for: the posting's campaign and department, and the day."""

    campaign: int | None
    department: int | None
    on: date


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an outcome is what it is, and what would change it."""

    code: str
    sentence: Text
    remedy: Text | None = None


@dataclass(frozen=True)
class Rule(ABC):
    """A rule of one kind with its params, as fields; equal rules are one rule.

    `schema` is the JSON Schema of the params, with what a form shows of them. `facts` are the columns that
    the condition reads, `fact_label` names them to a person who has not given them, `uses_context` says
    that the context is part of the condition, `has_alternatives` that another campaign may accept the
    same facts.
    """

    kind: ClassVar[str]
    facts: ClassVar[tuple[str, ...]]
    fact_label: ClassVar[Text]
    schema: ClassVar[Schema]
    uses_context: ClassVar[bool] = False
    has_alternatives: ClassVar[bool] = True

    @classmethod
    def load(cls, params: Any, at: str) -> Self:
        """The rule that saved params stand for; null is absent.

        Raises Invalid, whose field is `at` and the path to what does not fit.
        """
        given = params
        if isinstance(params, dict):
            given = {name: value for name, value in params.items() if value is not None}
        refuse_misfit(_validator(cls), given, at)
        return cls.read(given, at)

    @classmethod
    @abstractmethod
    def read(cls, params: dict[str, Any], at: str) -> Self:
        """The rule of params that fit the schema. Raises Invalid where two of them contradict."""

    @abstractmethod
    def condition(self, bind: Bind, context: Context) -> str:
        """SQL over a row `f` of facts: true is met, false is not met, NULL is unknown."""

    @abstractmethod
    def bound(self) -> dict[str, Any]:
        """The params, as they are shown beside a verdict."""

    @abstractmethod
    def describe(self) -> Text:
        """What is required, as a phrase: "a bachelor's degree or higher"."""

    @abstractmethod
    def failure(self, facts: Facts, context: Context) -> Reason:
        """Why these facts, which are known, do not meet the rule."""

    def describe_fact(self, facts: Facts) -> Text:
        """The fact, as the object of "other campaigns accept …"."""
        return plain(facts[self.facts[0]])

    def unknown(self, facts: Facts, context: Context) -> Reason:
        """What is missing to decide the rule by these facts."""
        label = self.fact_label
        return Reason(
            f"{self.kind}_unknown",
            Text(f"This cannot be decided without {label.en}.", f"缺少{label.zh}，无法判断。"),
            Text(f"Fill in {label.en}.", f"请填写{label.zh}。"),
        )

    def excludes(self, other: Self) -> bool:
        """Whether nobody can meet this and `other`. May be False where that is not certain."""
        return False


@cache
def _validator(kind: type[Rule]) -> Any:
    return compiled(kind.schema)


def sql_list(bind: Bind, values: tuple[Any, ...], sql_type: str) -> str:
    """A bound array of a type."""
    return f"{bind(list(values))}::{sql_type}[]"

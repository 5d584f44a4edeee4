from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from ats.eligibility.kinds.base import Bind, Context, Facts, Reason
from ats.eligibility.kinds.history import SCOPE, SCOPES, LooksBack, count_of
from ats.eligibility.schemas import params
from ats.eligibility.text import Text
from ats.models import ApplicationState

HIRED = f"h.state = '{ApplicationState.HIRED}'"


@dataclass(frozen=True)
class NotHired(LooksBack):
    """Not hired already in the scope."""

    scope: str

    kind = "not_hired"
    schema = params(Text("Not hired already", "尚未被录用"), {"scope": SCOPE}, required=("scope",))

    @classmethod
    def read(cls, params: dict[str, Any], at: str) -> Self:
        return cls(params["scope"])

    def condition(self, bind: Bind, context: Context) -> str:
        return f"{count_of(bind, context, scope=self.scope, where=HIRED)} = 0"

    def bound(self) -> dict[str, Any]:
        return {"scope": self.scope}

    def describe(self) -> Text:
        scope = SCOPES[self.scope]
        return Text(f"not hired already {scope.en}", f"{scope.zh}尚未被录用")

    def failure(self, facts: Facts, context: Context) -> Reason:
        scope = SCOPES[self.scope]
        return Reason(
            "hired_already",
            Text(f"You have been hired already {scope.en}.", f"您{scope.zh}已被录用。"),
        )

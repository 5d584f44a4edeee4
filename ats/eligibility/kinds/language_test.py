from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from ats.common.errors import Invalid
from ats.common.language_tests import TESTS
from ats.eligibility.kinds.base import Bind, Context, Facts, Reason, Rule
from ats.eligibility.schemas import choice, number, params
from ats.eligibility.text import Text

LABELS = {code: Text(*names[:2]) for code, names in TESTS.items()}


@dataclass(frozen=True)
class LanguageTest(Rule):
    """A score of at least so much in a test. Who has named tests, but not this one, has not taken it."""

    test: str
    least: float

    kind = "language_test"
    schema = params(
        Text("Language test", "语言考试"),
        {
            "test": choice(Text("Test", "考试"), LABELS),
            "least": number(Text("Score at least", "最低分数"), 0, 1000),
        },
        required=("test", "least"),
    )
    facts = ("language_tests",)
    fact_label = Text("your language tests and their scores", "语言考试成绩")

    @classmethod
    def read(cls, params: dict[str, Any], at: str) -> Self:
        _en, _zh, lowest, highest = TESTS[params["test"]]
        if not lowest <= params["least"] <= highest:
            sentence = _("Give a number from %(least)g to %(most)g.") % {"least": lowest, "most": highest}
            raise Invalid("number_out_of_range", sentence, field=f"{at}.least")
        return cls(params["test"], params["least"])

    def condition(self, bind: Bind, context: Context) -> str:
        test = bind(self.test)
        return (
            f"CASE WHEN f.language_tests IS NOT NULL THEN"
            f" coalesce((f.language_tests ->> {test})::float8 >= {bind(self.least)}, false) END"
        )

    def bound(self) -> dict[str, Any]:
        return {"test": self.test, "least": self.least}

    def describe(self) -> Text:
        name = LABELS[self.test]
        return Text(f"{name.en} of at least {self.least:g}", f"{name.zh}{self.least:g}分及以上")

    def describe_fact(self, facts: Facts) -> Text:
        name, score = LABELS[self.test], facts["language_tests"].get(self.test)
        return Text(f"{name.en} of {score:g}", f"{name.zh}{score:g}分") if score is not None else name

    def failure(self, facts: Facts, context: Context) -> Reason:
        fact, asked = self.describe_fact(facts), self.describe()
        if self.test not in facts["language_tests"]:
            return Reason(
                "language_test_missing",
                Text(
                    f"You have not named {fact.en}; asked is {asked.en}.",
                    f"您未填写{fact.zh}，要求{asked.zh}。",
                ),
            )
        return Reason(
            "language_test_too_low",
            Text(f"You have {fact.en}; asked is {asked.en}.", f"您的{fact.zh}，要求{asked.zh}。"),
        )

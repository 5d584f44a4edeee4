from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ats.common.errors import Conflict, Invalid
from ats.models import QuestionSet
from ats.postings.questions.kinds import IS_ANSWER

Answers = dict[str, Any]


def check_answers(asked: QuestionSet | None, answers: Answers, *, answered: int | None) -> None:
    """Whether `answers`, by the keys of the questions, answer what is asked.

    `answered` is the id of the version that the candidate has seen, when it was given. Raises
    Conflict("questions_changed"), and Invalid("answer_missing"), ("answer_invalid") or
    ("answer_unasked") that name the first wrong answer.
    """
    if answered is not None and (asked is None or asked.pk != answered):
        raise questions_changed()
    questions = {question["key"]: question for question in asked.questions} if asked else {}
    for key in answers:
        if key not in questions:
            raise _wrong("answer_unasked", _("Nobody asks this."), key)
    for key, question in questions.items():
        _check(question, answers.get(key))


def questions_changed() -> Conflict:
    sentence = _("The questions were changed: read them again.")
    return Conflict("questions_changed", sentence, field="question_set")


def _check(question: dict[str, Any], answer: object) -> None:
    if answer is None:
        if question["required"]:
            raise _wrong("answer_missing", _("This question needs an answer."), question["key"])
    elif not IS_ANSWER[question["kind"]](answer, question):
        raise _wrong("answer_invalid", _("This is no answer to the question."), question["key"])


def _wrong(code: str, sentence: str, key: str) -> Invalid:
    return Invalid(code, sentence, field=f"answers.{key}")

from __future__ import annotations

from typing import Any

import pytest

from ats.models import Application, Event, QuestionSet
from tests.factories import a_client, a_member, a_posting, an_account, an_organisation

pytestmark = pytest.mark.django_db

QUESTIONS: list[dict[str, Any]] = [
    {"key": "why", "kind": "text", "label": "Why us?", "label_zh": "为什么选择我们？", "required": True},
    {"key": "city", "kind": "choice", "label": "Where?", "options": ["Shanghai", "Beijing"]},
    {"key": "tools", "kind": "choices", "label": "With what?", "options": ["git", "hg", "svn"]},
    {"key": "hours", "kind": "number", "label": "How long a week?"},
    {"key": "remote", "kind": "yes_no", "label": "Remotely?"},
    {"key": "site", "kind": "url", "label": "Your page"},
]
RIGHT = {
    "why": "因为喜欢",
    "city": "Beijing",
    "tools": ["git", "hg"],
    "hours": 32.5,
    "remote": False,
    "site": "https://example.com/li",
}
TICKED = {"label_zh": "", "required": False, "options": []}


def asked(posting: Any, questions: list[dict[str, Any]] | None = None) -> Any:
    recruiter = a_client(a_member(posting.organisation).account)
    body = {"posting": posting.pk, "questions": QUESTIONS if questions is None else questions}
    return recruiter.post("/api/v1/question-sets/", body)


def an_applicant() -> Any:
    return a_client(an_account(profile={"basics": {"name": "李娜"}}))


def test_questions_are_public_and_their_answers_are_kept_with_the_version() -> None:
    posting = a_posting(an_organisation())
    saved = asked(posting).json()

    shown = a_client().get(f"/api/v1/public/postings/{posting.pk}/").json()["question_set"]
    body = {"posting": posting.pk, "answers": RIGHT, "question_set": shown["id"]}
    applied = an_applicant().post("/api/v1/me/applications/", body)
    asked(posting, [])
    recruiter = a_client(a_member(posting.organisation).account)
    read = recruiter.get(f"/api/v1/applications/{applied.json()['id']}/").json()

    assert shown == {"id": saved["id"], "version": 1, "questions": [TICKED | row for row in QUESTIONS]}
    assert applied.status_code == 201
    assert (read["question_set"], read["answers"]) == (saved["id"], RIGHT)
    assert list(QuestionSet.objects.order_by("id").values_list("version", flat=True)) == [1, 2]
    assert Event.objects.filter(type="questions.saved").count() == 2


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"why": None}, "answer_missing", "/answers/why"),
        ({"why": "  "}, "answer_invalid", "/answers/why"),
        ({"why": "x" * 5001}, "answer_invalid", "/answers/why"),
        ({"city": "Paris"}, "answer_invalid", "/answers/city"),
        ({"tools": "git"}, "answer_invalid", "/answers/tools"),
        ({"tools": ["git", "git"]}, "answer_invalid", "/answers/tools"),
        ({"tools": [["git"]]}, "answer_invalid", "/answers/tools"),
        ({"hours": True}, "answer_invalid", "/answers/hours"),
        ({"hours": "many"}, "answer_invalid", "/answers/hours"),
        ({"remote": 1}, "answer_invalid", "/answers/remote"),
        ({"site": "javascript:alert(1)"}, "answer_invalid", "/answers/site"),
        ({"shoe": 43}, "answer_unasked", "/answers/shoe"),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_is_stored(
    changes: dict[str, Any], code: str, pointer: str
) -> None:
    posting = a_posting(an_organisation())
    asked(posting)

    answer = an_applicant().post(
        "/api/v1/me/applications/", {"posting": posting.pk, "answers": RIGHT | changes}
    )

    told = answer.json()
    assert (answer.status_code, told["code"], told["errors"][0]["pointer"]) == (400, code, pointer)
    assert Application.objects.count() == 0


def test_answers_to_questions_that_were_replaced_are_refused() -> None:
    posting = a_posting(an_organisation())
    old = asked(posting).json()
    asked(posting)

    body = {"posting": posting.pk, "answers": RIGHT, "question_set": old["id"]}
    answer = an_applicant().post("/api/v1/me/applications/", body)

    assert (answer.status_code, answer.json()["code"]) == (409, "questions_changed")


@pytest.mark.parametrize(
    ("questions", "code"),
    [
        ([QUESTIONS[0], QUESTIONS[0]], "key_repeated"),
        ([{**QUESTIONS[1], "options": []}], "options_wrong"),
        ([{**QUESTIONS[0], "options": ["a"]}], "options_wrong"),
        ([{**QUESTIONS[0], "kind": "essay"}], "invalid"),
    ],
)
def test_questions_that_nobody_could_answer_are_refused(questions: list[Any], code: str) -> None:
    answer = asked(a_posting(an_organisation()), questions)

    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_a_posting_of_another_organisation_is_not_there() -> None:
    stranger = a_client(a_member(an_organisation()).account)

    body = {"posting": a_posting(an_organisation()).pk, "questions": []}
    answer = stranger.post("/api/v1/question-sets/", body)

    assert answer.json()["errors"][0]["code"] == "does_not_exist"

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from ats.common.errors import Invalid
from ats.models import Account, LoginCode
from ats.people.login import redeem_code, request_code
from tests.api.problems import invalid
from tests.factories import a_client, an_account

pytestmark = pytest.mark.django_db

EMAIL = "li.na@example.com"
TOO_LONG = "Ensure this field has no more than 254 characters."
NO_ADDRESS = "Enter a valid email address."


def a_code(email: str = EMAIL) -> str:
    request_code(email=email, language="zh-hans")
    return LoginCode.objects.latest("pk").code


def another(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def refusal(email: str, code: str) -> str:
    with pytest.raises(Invalid) as refused:
        redeem_code(email=email, code=code)
    return refused.value.code


def test_the_code_opens_an_account_made_at_the_first_time() -> None:
    account = redeem_code(email="Li.Na@EXAMPLE.com ", code=a_code())

    again = redeem_code(email=EMAIL, code=a_code())
    assert (account.email, account.language) == (EMAIL, "zh-hans")
    assert Account.objects.get() == account == again


def test_a_code_is_good_once() -> None:
    code = a_code()
    redeem_code(email=EMAIL, code=code)

    assert refusal(EMAIL, code) == "code_invalid"


def test_earlier_codes_stay_good_until_they_are_used() -> None:
    first, second = a_code(), a_code()

    opened = [redeem_code(email=EMAIL, code=code) for code in (second, first)]

    assert [account.email for account in opened] == [EMAIL] * 2


def test_a_code_is_for_its_address_alone() -> None:
    code = a_code()

    assert refusal("zhang.wei@example.com", code) == "code_invalid"


def test_a_code_expires() -> None:
    code = a_code()
    LoginCode.objects.update(expires_at=Now())

    assert refusal(EMAIL, code) == "code_invalid"


def test_a_known_and_an_unknown_address_are_answered_alike() -> None:
    an_account(email=EMAIL)
    nobody = a_client()
    addresses = (EMAIL, "nobody@example.com")

    asked = [nobody.post("/api/v1/codes/", {"email": email}) for email in addresses]
    tried = [nobody.post("/api/v1/tokens/", {"email": email, "code": "000000"}) for email in addresses]

    assert [(a.status_code, a.content) for a in asked] == [(202, b"")] * 2
    assert [(a.status_code, a.content) for a in tried] == [(400, tried[0].content)] * 2


def test_to_try_a_code_takes_one_statement_whoever_asked_for_one() -> None:
    redeem_code(email=EMAIL, code=a_code())

    statements = {}
    for email in (EMAIL, "nobody@example.com"):
        with CaptureQueriesContext(connection) as captured, pytest.raises(Invalid, match="code_invalid"):
            redeem_code(email=email, code="000000")
        statements[email] = len(captured)

    assert statements == {EMAIL: 1, "nobody@example.com": 1}


@pytest.mark.parametrize(
    ("email", "told"),
    [
        (f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.com", ("max_length", TOO_LONG)),
        (f"a@{'.'.join([chr(0xFB03) * 20] * 5)}.com", ("max_length", TOO_LONG)),  # "ffi" as one letter
        (f"a@{chr(0xFDFA)}.com", ("invalid", NO_ADDRESS)),  # one letter of four words, as written out
        (f"a@exa{chr(0x200B)}mple.com", ("invalid", NO_ADDRESS)),  # nobody sees that space
        (f"a@exa{chr(0x2028)}mple.com", ("invalid", NO_ADDRESS)),  # a line's end
    ],
)
@pytest.mark.parametrize("path", ["/api/v1/codes/", "/api/v1/tokens/"])
def test_an_address_that_can_not_be_stored_is_refused(path: str, email: str, told: tuple[str, str]) -> None:
    code = {"code": "000000"} if "tokens" in path else {}

    answer = a_client().post(path, {"email": email, **code})

    assert (answer.status_code, answer.json()) == (400, invalid("/email", *told))
    assert not LoginCode.objects.exists()


def test_an_address_is_judged_in_the_spelling_that_is_stored() -> None:
    answer = a_client().post("/api/v1/codes/", {"email": "Li.Na@ｅxample．com"})

    assert (answer.status_code, LoginCode.objects.get().email) == (202, "li.na@example.com")

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from ats.common.errors import Conflict
from ats.models import Membership, Role
from ats.organisations.memberships import add_member, change_role, remove_member
from tests.factories import a_member, an_account, an_organisation


def the_owner() -> Membership:
    return Membership.objects.get(organisation=an_organisation(), role=Role.OWNER)


@pytest.mark.django_db
def test_a_member_is_added_once_whatever_the_spelling() -> None:
    owner = the_owner()
    account = an_account(email="li.na@example.com")

    added = add_member(by=owner, email="Li.Na@Example.com", role=Role.VIEWER)

    with pytest.raises(Conflict) as refused:
        add_member(by=owner, email="li.na@example.com", role=Role.OWNER)
    assert (added.account, added.role) == (account, "viewer")
    assert (refused.value.code, refused.value.field) == ("member_already", "email")


@pytest.mark.django_db
def test_the_last_owner_is_neither_demoted_nor_removed() -> None:
    owner = the_owner()
    a_member(owner.organisation, Role.RECRUITER)

    with pytest.raises(Conflict) as demoted:
        change_role(by=owner, member=Membership.objects.get(pk=owner.pk), role=Role.RECRUITER)
    with pytest.raises(Conflict) as removed:
        remove_member(by=owner, member=Membership.objects.get(pk=owner.pk))

    assert [demoted.value.code, removed.value.code] == ["last_owner", "last_owner"]
    assert Membership.objects.get(pk=owner.pk).role == "owner"


@pytest.mark.django_db
def test_one_of_two_owners_may_go() -> None:
    owner = the_owner()
    second = a_member(owner.organisation, Role.OWNER)

    remove_member(by=second, member=owner)

    assert Membership.objects.current().get(organisation=second.organisation) == second


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(5))
def test_two_owners_who_remove_each_other_at_once_leave_one(attempt: int) -> None:
    first = the_owner()
    second = a_member(first.organisation, Role.OWNER)

    def remove(by: Membership, member: Membership) -> str:
        try:
            remove_member(by=by, member=member)
        except Conflict as refused:
            return refused.code
        finally:
            connection.close()
        return "removed"

    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(remove, (first, second), (second, first)))

    assert sorted(ends) == ["last_owner", "removed"]
    assert Membership.objects.current().filter(organisation=first.organisation).count() == 1

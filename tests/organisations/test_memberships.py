from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from ats.common.errors import Conflict
from ats.models import Event, Membership, Role
from ats.organisations.memberships import change_role, leave_organisation, remove_member
from tests.factories import a_client, a_member, an_organisation


def the_owner() -> Membership:
    return Membership.objects.get(organisation=an_organisation(), role=Role.OWNER)


@pytest.mark.django_db
def test_the_last_owner_is_neither_demoted_nor_removed() -> None:
    owner = the_owner()
    a_member(owner.organisation, Role.RECRUITER)

    with pytest.raises(Conflict) as demoted:
        change_role(by=owner, member=Membership.objects.get(pk=owner.pk), role=Role.RECRUITER)
    with pytest.raises(Conflict) as removed:
        remove_member(by=owner, member=Membership.objects.get(pk=owner.pk))
    with pytest.raises(Conflict) as left:
        leave_organisation(by=owner.account, membership=owner.pk)

    assert [refusal.value.code for refusal in (demoted, removed, left)] == ["last_owner"] * 3
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


@pytest.mark.django_db
def test_every_change_of_membership_has_its_event() -> None:
    owner = the_owner()
    first, second = (a_member(owner.organisation) for _ in range(2))
    client = a_client(owner.account)

    client.patch(f"/api/v1/memberships/{first.pk}/", {"role": "viewer"})
    client.patch(f"/api/v1/memberships/{first.pk}/", {"role": "viewer"})
    client.delete(f"/api/v1/memberships/{first.pk}/")
    a_client(second.account).delete(f"/api/v1/me/memberships/{second.pk}/")

    assert list(Event.objects.order_by("id").values_list("type", "actor", "data")) == [
        ("member.role_changed", owner.pk, {"member": first.pk, "before": "recruiter", "after": "viewer"}),
        ("member.removed", owner.pk, {"member": first.pk}),
        ("member.left", second.pk, {"member": second.pk}),
    ]


@pytest.mark.django_db
def test_whoever_has_left_is_listed_by_their_id_and_may_do_nothing() -> None:
    owner = the_owner()
    recruiter = a_member(owner.organisation)
    client = a_client(owner.account)
    client.delete(f"/api/v1/memberships/{recruiter.pk}/")

    again = client.patch(f"/api/v1/memberships/{recruiter.pk}/", {"role": "owner"})
    listed = client.get("/api/v1/memberships/?has_left=true").json()["results"]
    staying = client.get("/api/v1/memberships/?has_left=false").json()["results"]

    assert (again.status_code, again.json()["code"]) == (409, "member_left")
    assert [(row["id"], row["ended_at"] is None) for row in listed] == [(recruiter.pk, False)]
    assert [row["id"] for row in staying] == [owner.pk]
    assert a_client(recruiter.account).get("/api/v1/applications/").status_code == 403

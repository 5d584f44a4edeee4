from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from rest_framework import generics, serializers
from rest_framework.permissions import IsAuthenticated

from api.core.authentication import account_of
from api.core.serializers import StrictModelSerializer
from api.me.memberships import MyMembership
from ats.common.texts import hides_something, shows_something
from ats.models import Account, Membership


class MyAccount(StrictModelSerializer):
    memberships = MyMembership(many=True, read_only=True)

    class Meta:
        model = Account
        fields = ("id", "email", "name", "language", "created_at", "memberships")
        read_only_fields = ("id", "email", "created_at")

    def validate_name(self, name: str) -> str:
        if hides_something(name) or (name and not shows_something(name)):
            raise serializers.ValidationError(_("A name has letters that one can see."))
        return name


class Me(generics.RetrieveUpdateAPIView[Any]):
    """Your account: name, language of mails, and the organisations that you are a member of."""

    serializer_class = MyAccount
    permission_classes = (IsAuthenticated,)
    http_method_names = ["get", "patch", "head", "options"]

    def get_object(self) -> Account:
        mine = Membership.objects.current().select_related("organisation")
        rows = Account.objects.prefetch_related(Prefetch("memberships", mine))
        return rows.get(pk=account_of(self.request).pk)

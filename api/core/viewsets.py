"""What the resources of the staff API share: tenant scope, permissions, filters, pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, QuerySet
from django.utils.translation import gettext as _
from rest_framework import mixins, viewsets
from rest_framework.serializers import BaseSerializer

from api.core.idempotency import Idempotent
from api.core.tenancy import MemberMay
from ats.common.errors import Conflict
from ats.models import Account, Membership


class TenantViewSet(Idempotent, viewsets.GenericViewSet[Any]):
    """A resource of one organisation. Every row it touches comes from `get_queryset`: the scope.

    `resource` names its rows in the permission table, `ordering` its keyset.
    """

    permission_classes = (MemberMay,)
    lookup_value_regex = "[0-9]{1,18}"
    resource: ClassVar[str]
    ordering: ClassVar[tuple[str, ...]] = ("-id",)
    membership: Membership

    def get_queryset(self) -> QuerySet[Any]:
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows.none()
        return rows.for_org(self.membership.organisation)  # type: ignore[attr-defined, no-any-return]

    @property
    def account(self) -> Account:
        return self.membership.account


class ReadViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """list and retrieve."""


class PlainViewSet(mixins.CreateModelMixin, mixins.UpdateModelMixin, mixins.DestroyModelMixin, ReadViewSet):
    """All five actions of a resource without consequences: saving the row is the whole verb."""

    http_method_names = ["get", "post", "patch", "delete", "head", "options"]

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        self._save(serializer, organisation=self.membership.organisation)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        self._save(serializer)

    def perform_destroy(self, instance: Any) -> None:
        try:
            instance.delete()
        except ProtectedError:
            raise Conflict("in_use", _("Something still refers to this.")) from None

    def _save(self, serializer: BaseSerializer[Any], **extra: Any) -> None:
        try:
            with transaction.atomic():
                serializer.save(**extra)
        except IntegrityError:
            raise Conflict("exists_already", _("There is one like this already.")) from None

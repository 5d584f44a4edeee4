"""What the resources of the staff API share: tenant scope, permissions, filters, pages."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any, ClassVar

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, QuerySet
from django.utils.translation import gettext as _
from rest_framework import mixins, viewsets
from rest_framework.serializers import BaseSerializer

from api.core.idempotency import Idempotent
from api.core.tenancy import MemberMay
from ats.common.database_errors import is_duplicate
from ats.common.errors import Conflict
from ats.models import Account, EventType, Membership
from ats.models.tenancy import lock_for_counting
from ats.models.visibility import visible_rows
from ats.organisations.settings import record_setting


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
        return visible_rows(rows.for_org(self.membership.organisation), self.membership)  # type: ignore[attr-defined]

    @property
    def account(self) -> Account:
        return self.membership.account


class ReadViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """list and retrieve."""


class PlainViewSet(mixins.CreateModelMixin, mixins.UpdateModelMixin, mixins.DestroyModelMixin, ReadViewSet):
    """All five actions of a resource without consequences: saving the row is the whole verb."""

    http_method_names = ["get", "post", "patch", "delete", "head", "options"]
    most: int | None = None  # rows that an organisation may have

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        with transaction.atomic() if self.most else nullcontext():
            if self.most:
                self._require_room(self.most)
            self._save(serializer, organisation=self.membership.organisation)

    def _require_room(self, most: int) -> None:
        lock_for_counting(self.membership.organisation)
        if self.get_queryset().count() >= most:
            raise Conflict("too_many", _("An organisation has at most %(most)d of these.") % {"most": most})

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        self._save(serializer)

    @transaction.atomic
    def perform_destroy(self, instance: Any) -> None:
        try:
            self._record(EventType.SETTING_REMOVED, instance)
            with transaction.atomic():
                instance.delete()
        except ProtectedError:
            raise Conflict("in_use", _("Something still refers to this.")) from None

    def _save(self, serializer: BaseSerializer[Any], **extra: Any) -> None:
        """Raises Conflict("exists_already") where another row has what only one may have."""
        is_new = serializer.instance is None
        changed = None if is_new else _changed(serializer)
        with transaction.atomic():
            try:
                with transaction.atomic():
                    serializer.save(**extra)
            except IntegrityError as error:
                if not is_duplicate(error):
                    raise
                raise Conflict("exists_already", _("There is one like this already.")) from None
            if is_new or changed:
                kind = EventType.SETTING_CREATED if is_new else EventType.SETTING_CHANGED
                self._record(kind, serializer.instance, fields=changed)

    def _record(self, type: EventType, row: Any, fields: list[str] | None = None) -> None:
        record_setting(type, by=self.membership, resource=self.resource, row=row, fields=fields)


def _changed(serializer: BaseSerializer[Any]) -> list[str]:
    """The columns that a valid request would change."""
    return [
        name
        for name, value in serializer.validated_data.items()
        if getattr(serializer.instance, name, None) != value
    ]

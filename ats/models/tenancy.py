"""The one module where rows are scoped to an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models.functions import Now

if TYPE_CHECKING:
    from ats.models.organisation import Organisation

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class TenantQuerySet(models.QuerySet[Row_co]):
    organisation: Organisation | None = None  # whose rows these are, once that is said

    def for_org(self, organisation: Organisation) -> Self:
        """Only the rows of `organisation`; every read on behalf of a member starts here."""
        rows = self.filter(organisation=organisation)
        rows.organisation = organisation
        return rows

    def _clone(self) -> Self:
        copy: Self = super()._clone()  # type: ignore[misc]
        copy.organisation = self.organisation
        return copy


class TenantModel(models.Model):
    """A row that belongs to one organisation and is visible to no other."""

    organisation = models.ForeignKey("ats.Organisation", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True


def lock_for_counting(owner: models.Model) -> None:
    """Until the transaction ends, whoever would add to the rows of this owner waits: so limits hold."""
    type(owner)._default_manager.select_for_update(no_key=True).get(pk=owner.pk)

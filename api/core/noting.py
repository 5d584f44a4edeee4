"""Resources that show personal data to members keep a note of whose they showed."""

from __future__ import annotations

from typing import Any

from api.core.viewsets import TenantViewSet
from ats.models import Candidate
from ats.privacy.access_log import record_access, record_access_by_applications


class RecordsAccess(TenantViewSet):
    """Its rows are candidates, or belong to an application each."""

    def paginate_queryset(self, queryset: Any) -> Any:
        page = super().paginate_queryset(queryset)
        self._note(page or [])
        return page

    def get_object(self) -> Any:
        row = super().get_object()
        self._note([row])
        return row

    def _note(self, rows: list[Any]) -> None:
        self.note_candidates([row.pk for row in rows if isinstance(row, Candidate)])
        self.note_applications([row.application_id for row in rows if not isinstance(row, Candidate)])

    def note_candidates(self, ids: list[int]) -> None:
        record_access(by=self.membership, resource=self.resource, candidates=ids)

    def note_applications(self, ids: list[int]) -> None:
        record_access_by_applications(by=self.membership, resource=self.resource, applications=ids)

"""One's rights over what is stored: a copy of it, its correction, its end, and who has read it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.core.authentication import account_of
from api.core.idempotency import Idempotent
from api.core.serializers import EmailAddress, StrictSerializer
from api.core.uploads import AnyFormat
from ats.common.errors import Invalid
from ats.models import AccessRecord
from ats.models.account import normal_email
from ats.privacy.access_log import accesses_to
from ats.privacy.erasure import erase_account
from ats.privacy.export import export, export_archive
from ats.privacy.rectification import rectify

DOCUMENT = {
    "type": "object",
    "description": "By kind of record, the records that are stored.",
    "additionalProperties": {"type": "array", "items": {"type": "object", "additionalProperties": True}},
}


class Export(Idempotent, APIView):
    """A copy of everything that is stored about oneself, at every organisation."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(responses={(200, "application/json"): DOCUMENT})
    def get(self, request: Request) -> Response:
        headers = {"Content-Disposition": 'attachment; filename="intake-export.json"'}
        return Response(export(by=account_of(request)), headers=headers)


class ExportArchive(Idempotent, APIView):
    """The same copy together with one's files, as one zip: `export.json`, and a folder `resumes`."""

    permission_classes = (IsAuthenticated,)
    renderer_classes = (JSONRenderer, AnyFormat)

    @extend_schema(
        responses={(200, "application/zip"): bytes}, summary="Take everything along, with the files"
    )
    def get(self, request: Request) -> FileResponse:
        by = account_of(request)
        archive = export_archive(by=by, document=JSONRenderer().render(export(by=by)))
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}
        return FileResponse(
            archive,
            as_attachment=True,
            filename="intake-export.zip",
            content_type="application/zip",
            headers=headers,
        )


class Rectified(serializers.Serializer[Any]):
    organisations = serializers.ListField(child=serializers.SlugField())


class Rectification(Idempotent, APIView):
    """Bring the records at every organisation up to date with one's profile.

    What an application was judged by stays as it was.
    """

    permission_classes = (IsAuthenticated,)

    @extend_schema(request=None, responses=Rectified, summary="Correct what organisations have")
    def post(self, request: Request) -> Response:
        slugs = [row.organisation.slug for row in rectify(by=account_of(request))]
        return Response({"organisations": slugs})


class Confirmation(StrictSerializer):
    email = EmailAddress(help_text="Your address, so that nobody erases by mistake.")


class Erasure(Idempotent, APIView):
    """Erase oneself, everywhere and for good. Every token ends with this request."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(request=Confirmation, responses={204: None}, summary="Erase oneself")
    def post(self, request: Request) -> Response:
        asked = Confirmation(data=request.data)
        asked.is_valid(raise_exception=True)
        account = account_of(request)
        if normal_email(asked.validated_data["email"]) != account.email:
            raise Invalid("email_differs", _("This is not your address."), field="email")
        erase_account(by=account)
        return Response(status=204)


class AccessRow(serializers.ModelSerializer[AccessRecord]):
    """One reading of one's data. Which employee it was, the organisation knows and answers for."""

    organisation = serializers.SlugRelatedField("slug", read_only=True)  # type: ignore[var-annotated]
    resource = serializers.CharField(
        source="visible_resource",
        read_only=True,
        help_text="`candidates`, or `applications` and theirs.",
    )
    read_at = serializers.DateTimeField(source="created_at", read_only=True)

    class Meta:
        model = AccessRecord
        fields = ("id", "organisation", "resource", "read_at")
        read_only_fields = fields


class AccessLog(Idempotent, mixins.ListModelMixin, viewsets.GenericViewSet[Any]):
    """Every time that a member of an organisation was shown one's data, newest first."""

    queryset = AccessRecord.objects.none()
    serializer_class = AccessRow
    permission_classes = (IsAuthenticated,)
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet[AccessRecord]:
        return accesses_to(account_of(self.request))

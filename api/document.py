"""`/api/schema/`: the OpenAPI document, made once for each process and language."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer

MEDIA_TYPE = "application/vnd.oai.openapi+json"


@require_safe
@cache_control(public=True, max_age=60)
def document(request: HttpRequest) -> HttpResponse:
    """The document as JSON, whatever is accepted: there is no other form."""
    return HttpResponse(_rendered(translation.get_language()), content_type=MEDIA_TYPE)


@cache
def _rendered(language: str) -> bytes:
    with translation.override(language):
        content = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
        rendered: bytes = OpenApiJsonRenderer().render(content)
    return rendered

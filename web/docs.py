"""`/api/docs/`: the API to read and try, without anything from elsewhere and without inline script."""

from django.conf import settings
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response

# Swagger UI sets styles on its elements, and some of its icons are data.
POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "base-uri 'none'; frame-ancestors 'none'"
)


class Docs(SpectacularSwaggerSplitView):
    url_name = "schema"
    template_name = "docs/swagger.html"
    title = settings.SPECTACULAR_SETTINGS["TITLE"]

    def finalize_response(
        self, request: Request, response: Response, *args: object, **kwargs: object
    ) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        return super().finalize_response(request, response, *args, **kwargs)

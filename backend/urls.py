"""Every address of the site, by room."""

from django.conf import settings
from django.contrib.sitemaps.views import sitemap
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from backend import health
from web.careers.sitemap import OpenPostings
from web.docs import Docs

hourly = cache_control(public=True, max_age=3600)

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("backlogz", health.backlogz, name="backlogz"),
    path("", require_safe(RedirectView.as_view(pattern_name="careers:index")), name="start"),
    path("careers/", include("web.careers.urls")),
    path(
        "sitemap.xml", require_safe(hourly(sitemap)), {"sitemaps": {"postings": OpenPostings}}, name="sitemap"
    ),
    path("api/docs/", Docs.as_view(), name="docs"),
    path("api/", include("api.urls")),
    path("unsubscribe/", include("web.unsubscribe.urls")),
]

if settings.MAILBOX_DIR:
    urlpatterns.append(path("mailbox/", include("web.mailbox.urls")))

handler400 = "api.core.problems.bad_request"
handler403 = "api.core.problems.permission_denied"
handler404 = "api.core.problems.not_found"
handler500 = "api.core.problems.server_error"

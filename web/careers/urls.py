from __future__ import annotations

from django.urls import path

from web.careers import views

app_name = "careers"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.posting, name="posting"),
]

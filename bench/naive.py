"""The triage page as it is often written: nested serializers over plain rows, pages by number."""

from __future__ import annotations

from typing import Any

from django.urls import include, path
from rest_framework import serializers, viewsets
from rest_framework.pagination import PageNumberPagination
from rest_framework.routers import SimpleRouter

from ats.models import Application, Candidate, Education, Posting


class Pages(PageNumberPagination):
    page_size = 50


class EducationRow(serializers.ModelSerializer[Education]):
    class Meta:
        model = Education
        fields = "__all__"


class Person(serializers.ModelSerializer[Candidate]):
    educations = EducationRow(many=True)

    class Meta:
        model = Candidate
        fields = ("id", "name", "email", "phone", "educations")


class Place(serializers.ModelSerializer[Posting]):
    class Meta:
        model = Posting
        fields = ("id", "title", "title_zh")


class Row(serializers.ModelSerializer[Application]):
    candidate = Person()
    posting = Place()

    class Meta:
        model = Application
        fields = "__all__"


class Naive(viewsets.ReadOnlyModelViewSet[Any]):
    queryset = Application.objects.all()
    serializer_class = Row
    pagination_class = Pages
    authentication_classes = permission_classes = filter_backends = ()


router = SimpleRouter()
router.register("applications", Naive)
urlpatterns = [path("", include(router.urls))]

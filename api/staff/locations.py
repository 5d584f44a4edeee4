from __future__ import annotations

from api.core.serializers import StrictModelSerializer
from api.core.viewsets import PlainViewSet
from ats.models import Department, Location


class LocationRow(StrictModelSerializer):
    class Meta:
        model = Location
        fields = ("id", "name", "name_zh", "country")


class Locations(PlainViewSet):
    """Where postings are."""

    queryset = Location.objects.all()
    serializer_class = LocationRow
    resource = "locations"


class DepartmentRow(StrictModelSerializer):
    class Meta:
        model = Department
        fields = ("id", "name", "name_zh")


class Departments(PlainViewSet):
    """The parts of the organisation that postings belong to."""

    queryset = Department.objects.all()
    serializer_class = DepartmentRow
    resource = "departments"

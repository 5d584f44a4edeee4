from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import product
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from ats.common.institution_names import name_keys, written_key
from ats.models.search_terms import SearchTermsField


class Region(models.TextChoices):
    MAINLAND = "mainland", "Mainland China"
    HMT = "hmt", "Hong Kong, Macao, Taiwan"
    OVERSEAS = "overseas", "Overseas"


class NameKeysField(ArrayField[Sequence[str], list[str]]):
    """The keys of the names in other fields of the row, made anew whenever it is saved.

    With `campuses` each name is also known together with a campus. `as_written` names a field whose
    names are known in their own characters and word breaks alone.
    """

    def __init__(
        self, *, sources: Sequence[str] = (), campuses: str = "", as_written: str = "", **kwargs: Any
    ) -> None:
        self.sources, self.campuses, self.as_written = tuple(sources), campuses, as_written
        implied = {"base_field": models.CharField(max_length=200), "default": list, "editable": False}
        super().__init__(**{**kwargs, **implied})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for implied in ("base_field", "default", "editable"):
            kwargs.pop(implied, None)
        return name, path, args, {**kwargs, **self._made_of()}

    def _made_of(self) -> dict[str, Any]:
        return {"sources": self.sources, "campuses": self.campuses, "as_written": self.as_written}

    def pre_save(self, model_instance: models.Model, add: bool) -> list[str]:  # noqa: FBT001
        names = [text for source in self.sources for text in _texts(model_instance, source)]
        campuses = _texts(model_instance, self.campuses)
        at = [f"{name}{ending}" for name, ending in product(names, _endings(campuses))]
        written = {written_key(name) for name in _texts(model_instance, self.as_written)}
        keys = sorted({*name_keys([*names, *at]), *written})
        setattr(model_instance, self.attname, keys)
        return keys


def _texts(row: models.Model, field: str) -> list[str]:
    value = getattr(row, field) if field else []
    return [value] if isinstance(value, str) else list(value)


def _endings(campuses: list[str]) -> list[str]:
    branches = [f"{name}分校" for name in campuses if not name.isascii()]
    return [*(f" {name}" if name.isascii() else name for name in campuses), *branches]


class InstitutionQuerySet(models.QuerySet["Institution"]):
    def keyed(self, keys: Collection[str]) -> Self:
        """Those with one of these names, as `name_key` writes them, alone or with others."""
        found = list(keys)
        return self.filter(models.Q(keys__overlap=found) | models.Q(shared_keys__overlap=found))

    def matching(self, text: str) -> Self:
        """Those whose names contain the words of `text`, or their beginnings."""
        return self.filter(search_terms__matches=text)


class Institution(models.Model):
    """A school; a fact about the world, shared by all organisations.

    An alias means this school alone. A shared alias is borne by others too, known here or not: it
    needs a country, a city or an answer. A campus (in either language) is the same school by law.
    """

    name = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200, blank=True, default="")
    country = models.CharField(max_length=2, help_text="ISO 3166-1.")
    region = models.CharField(max_length=10, choices=Region.choices)
    city = models.CharField(max_length=100, blank=True, default="", db_default="")
    city_zh = models.CharField(max_length=100, blank=True, default="", db_default="")
    tiers = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    hosts = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    shared_aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    as_written = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    campuses = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    keys = NameKeysField(sources=("name", "name_zh", "aliases"), campuses="campuses")
    shared_keys = NameKeysField(sources=("shared_aliases",), as_written="as_written")
    search_terms = SearchTermsField(sources=("search_text",), null=True)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        indexes = [
            GinIndex("hosts", name="institution_hosts"),
            GinIndex("keys", name="institution_keys"),
            GinIndex("shared_keys", name="institution_shared_keys"),
            GinIndex("search_terms", name="institution_search_terms"),
            GinIndex("tiers", name="institution_tiers"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["country", "name"], name="institution_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def names(self) -> list[str]:
        """Every name that means it alone."""
        return [self.name, self.name_zh, *self.aliases]

    def remake_keys(self) -> bool:
        """Whether any key differs from what its names give now."""
        before = [*self.keys], [*self.shared_keys]
        for column in self._meta.concrete_fields:
            if isinstance(column, NameKeysField):
                column.pre_save(self, add=False)
        return before != (self.keys, self.shared_keys)

    @property
    def search_text(self) -> str:
        return " ".join([*self.names(), *self.shared_aliases])

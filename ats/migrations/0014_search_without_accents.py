"""Accents no longer count in the search: terms of names and schools that have some are written anew."""

from django.db import migrations
from django.db.models import Q

ACCENTED = "[À-ɏḀ-ỿ]"


def write_terms(apps, schema_editor):
    candidates = apps.get_model("ats", "Candidate").objects
    rows = candidates.filter(Q(name__regex=ACCENTED) | Q(schools__regex=ACCENTED))
    for row in rows.iterator(chunk_size=1000):
        row.save(update_fields=["words"])


class Migration(migrations.Migration):
    dependencies = [("ats", "0013_assignments")]

    operations = [migrations.RunPython(write_terms, migrations.RunPython.noop)]

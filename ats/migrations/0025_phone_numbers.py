"""Phone numbers are recognised by E.164: keys, and the terms they are searched by, are written anew.

The fields make both when a row is saved. Rows without a number have neither.
"""

from django.db import migrations


def write_keys(apps, schema_editor):
    rows = apps.get_model("ats", "Candidate").objects.exclude(phone="")
    for row in rows.iterator(chunk_size=1000):
        row.save(update_fields=["phone_key", "words"])


class Migration(migrations.Migration):
    dependencies = [("ats", "0024_import_jobs")]

    operations = [migrations.RunPython(write_keys, migrations.RunPython.noop)]

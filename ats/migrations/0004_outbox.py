from django.db import migrations

# Room on every page for the versions that claims write, which then touch no index.
ROOM = "ALTER TABLE ats_delivery SET (fillfactor = 50);"
NONE = "ALTER TABLE ats_delivery RESET (fillfactor);"


class Migration(migrations.Migration):
    dependencies = [("ats", "0003_stage_tally")]
    operations = [migrations.RunSQL(ROOM, NONE)]

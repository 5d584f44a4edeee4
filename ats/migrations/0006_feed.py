from django.db import migrations

CREATE = "CREATE SEQUENCE ats_event_number; ALTER SEQUENCE ats_event_number OWNED BY ats_event.number;"
DROP = "DROP SEQUENCE ats_event_number;"


class Migration(migrations.Migration):
    dependencies = [("ats", "0005_rules")]
    operations = [migrations.RunSQL(CREATE, DROP)]

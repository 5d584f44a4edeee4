from django.db import migrations

# A panellist's copy of the slot's time, which the exclusion constraint needs, can not differ from it.
TIE = """
ALTER TABLE ats_interviewslot ADD CONSTRAINT interview_slot_during UNIQUE (id, during);
ALTER TABLE ats_panellist ADD CONSTRAINT panellist_during_of_slot
    FOREIGN KEY (slot_id, during) REFERENCES ats_interviewslot (id, during)
    ON UPDATE CASCADE ON DELETE CASCADE;
"""
UNTIE = """
ALTER TABLE ats_panellist DROP CONSTRAINT panellist_during_of_slot;
ALTER TABLE ats_interviewslot DROP CONSTRAINT interview_slot_during;
"""


class Migration(migrations.Migration):
    dependencies = [("ats", "0001_initial")]
    operations = [migrations.RunSQL(TIE, UNTIE)]

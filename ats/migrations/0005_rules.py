"""A saved version of rules and a verdict stay what they were, whichever way somebody comes.

But whoever is erased has the document of the verdict emptied.
"""

from django.db import migrations

KEEP = """
CREATE FUNCTION ats_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER ats_ruleset_kept
    BEFORE UPDATE OF organisation_id, campaign_id, department_id, posting_id, version, tree, relaxable, relaxes
    ON ats_ruleset FOR EACH ROW EXECUTE FUNCTION ats_refuse_change();
CREATE TRIGGER ats_verdict_kept BEFORE UPDATE ON ats_verdict FOR EACH ROW
    WHEN ((NEW.organisation_id, NEW.application_id, NEW.outcome, NEW.rule_sets)
        IS DISTINCT FROM (OLD.organisation_id, OLD.application_id, OLD.outcome, OLD.rule_sets)
        OR NEW.document NOT IN (OLD.document, '{}'))
    EXECUTE FUNCTION ats_refuse_change();
"""
RELEASE = """
DROP TRIGGER ats_ruleset_kept ON ats_ruleset;
DROP TRIGGER ats_verdict_kept ON ats_verdict;
DROP FUNCTION ats_refuse_change;
"""


class Migration(migrations.Migration):
    dependencies = [("ats", "0004_outbox")]
    operations = [migrations.RunSQL(KEEP, RELEASE)]

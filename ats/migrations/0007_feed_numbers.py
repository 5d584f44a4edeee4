from django.db import migrations, models

MAKE = "CREATE SEQUENCE ats_event_number; ALTER SEQUENCE ats_event_number OWNED BY ats_event.number;"
DROP = "DROP SEQUENCE ats_event_number;"


class Migration(migrations.Migration):

    dependencies = [
        ('ats', '0006_campaign_dates'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='event',
            options={'ordering': ('id',)},
        ),
        migrations.RemoveIndex(
            model_name='event',
            name='event_feed',
        ),
        migrations.RemoveField(
            model_name='feedstart',
            name='event_id',
        ),
        migrations.RemoveField(
            model_name='feedstart',
            name='xid',
        ),
        migrations.AddField(
            model_name='event',
            name='number',
            field=models.BigIntegerField(editable=False, help_text='Its place in the change feed.', null=True),
        ),
        migrations.AddField(
            model_name='feedstart',
            name='number',
            field=models.BigIntegerField(default=1, help_text='Of the last event that was forgotten.'),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['xid'], name='event_of_transaction'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('number__isnull', False)), fields=['organisation', 'number'], name='event_feed'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('number__isnull', True)), fields=['id'], name='event_without_number'),
        ),
        migrations.RunSQL(MAKE, DROP),
    ]

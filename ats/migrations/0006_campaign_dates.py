import datetime
import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ats', '0005_rules_sql'),
    ]

    operations = [
        migrations.AlterField(
            model_name='campaign',
            name='closes_on',
            field=models.DateField(validators=[django.core.validators.MinValueValidator(datetime.date(2000, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2199, 12, 31))]),
        ),
        migrations.AlterField(
            model_name='campaign',
            name='opens_on',
            field=models.DateField(validators=[django.core.validators.MinValueValidator(datetime.date(2000, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2199, 12, 31))]),
        ),
    ]

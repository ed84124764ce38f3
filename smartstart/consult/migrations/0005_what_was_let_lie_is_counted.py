from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consult', '0004_somebody_calls_today'),
    ]

    operations = [
        migrations.AddField(
            model_name='tally',
            name='expired',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='tally',
            name='first_elsewhere',
            field=models.BooleanField(default=False),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consult', '0006_readers_report_an_answer'),
        ('programme', '0002_what_a_form_makes_is_made_once'),
    ]

    operations = [
        migrations.AddField(
            model_name='openhours',
            name='door',
            field=models.CharField(blank=True, max_length=40, verbose_name='which door or room'),
        ),
        migrations.AddField(
            model_name='openhours',
            name='place',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.vindplaats'),
        ),
        migrations.AddConstraint(
            model_name='openhours',
            constraint=models.CheckConstraint(condition=models.Q(('door', ''), ('place__isnull', False), _connector='OR'), name='consult_a_door_is_at_a_place'),
        ),
    ]

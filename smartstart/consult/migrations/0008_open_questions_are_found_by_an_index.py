from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consult', '0007_hours_have_a_place_and_a_door'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='exchange',
            name='consult_of_offer',
        ),
        migrations.RemoveIndex(
            model_name='exchange',
            name='consult_that_climb',
        ),
        migrations.AddIndex(
            model_name='exchange',
            index=models.Index(condition=models.Q(('offered_to__isnull', False)), fields=['offered_to'], name='consult_of_offer'),
        ),
        migrations.AddIndex(
            model_name='exchange',
            index=models.Index(fields=['coordinator', 'state'], name='consult_that_climb'),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consult', '0003_learned_answers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='turn',
            name='kind',
            field=models.CharField(choices=[('asked', 'asked'), ('offered', 'offered'), ('accepted', 'picked up'), ('promised', 'calls today'), ('declined', 'declined'), ('given_back', 'given to who looks after it'), ('drawn_in', 'asked somebody to think along'), ('answered', 'answered'), ('asked_back', 'asked back'), ('confirmed', 'helped'), ('reopened', 'not helped yet'), ('to_circle', 'goes on in a circle')], max_length=12),
        ),
    ]

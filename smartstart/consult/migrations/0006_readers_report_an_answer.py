import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consult', '0005_what_was_let_lie_is_counted'),
        ('programme', '0002_what_a_form_makes_is_made_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReturningTold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('times', models.PositiveIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name='learnedanswer',
            name='looked_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='learnedanswer',
            name='reported_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='learnedanswer',
            constraint=models.CheckConstraint(condition=models.Q(('looked_at', None), ('reported_at__isnull', False), _connector='OR'), name='consult_only_what_was_reported_is_looked_at'),
        ),
        migrations.AddField(
            model_name='returningtold',
            name='answer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='consult.learnedanswer'),
        ),
        migrations.AddField(
            model_name='returningtold',
            name='place',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.vindplaats'),
        ),
        migrations.AddConstraint(
            model_name='returningtold',
            constraint=models.UniqueConstraint(fields=('answer', 'place'), name='consult_told_once_per_answer_and_place'),
        ),
    ]

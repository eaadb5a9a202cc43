import django.db.models.deletion
from django.db import migrations, models


def forget_old_verdicts(apps, schema_editor):
    """What they were judged by is gone; the next run judges anew."""
    apps.get_model('matching', 'Match').objects.filter(verdict__in=['contested', 'better_possible']).update(verdict='')


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0002_retention'),
        ('matching', '0003_price_and_questions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Learnt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('experience', models.JSONField(blank=True, null=True)),
                ('campaign', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='learnt', to='campaigns.campaign')),
            ],
        ),
        migrations.AlterField(
            model_name='match',
            name='verdict',
            field=models.CharField(blank=True, choices=[('safe', 'Safe'), ('open', 'Open'), ('soon', 'Soon')], default='', max_length=15),
        ),
        migrations.RunPython(forget_old_verdicts, migrations.RunPython.noop),
    ]

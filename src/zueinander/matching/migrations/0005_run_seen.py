from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matching', '0004_learnt'),
    ]

    operations = [
        migrations.AddField(
            model_name='run',
            name='seen',
            field=models.CharField(blank=True, default='', max_length=32),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('listings', '0002_nearest_first'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='listingdate',
            name='listing_date_once',
        ),
        migrations.AddConstraint(
            model_name='listingdate',
            constraint=models.UniqueConstraint(fields=('listing', 'occasion'), include=('seats', 'taken'), name='listing_date_once'),
        ),
    ]

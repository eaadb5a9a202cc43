import django.contrib.postgres.indexes
import zueinander.listings.places
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('listings', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='listing',
            index=django.contrib.postgres.indexes.GistIndex(zueinander.listings.places.Spot('lon', 'lat'), include=('id', 'person', 'campaign', 'lat', 'lon', 'radius_km', 'party', 'needs', 'accepts', 'household_wish', 'household_is'), condition=models.Q(('side', 'seek'), ('state', 'open')), name='listing_spot_seek'),
        ),
        migrations.AddIndex(
            model_name='listing',
            index=django.contrib.postgres.indexes.GistIndex(zueinander.listings.places.Spot('lon', 'lat'), include=('id', 'person', 'campaign', 'lat', 'lon', 'radius_km', 'party', 'needs', 'accepts', 'household_wish', 'household_is'), condition=models.Q(('side', 'offer'), ('state', 'open')), name='listing_spot_offer'),
        ),
        migrations.AddIndex(
            model_name='listing',
            index=models.Index(condition=models.Q(('side', 'seek'), ('state', 'open')), fields=['campaign', 'radius_km'], name='listing_radius'),
        ),
    ]

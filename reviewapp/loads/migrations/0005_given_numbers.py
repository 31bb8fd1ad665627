import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("loads", "0004_in_order"),
        ("matters", "0004_external_id"),
    ]

    operations = [
        migrations.CreateModel(
            name="GivenNumber",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("sha256", models.CharField(max_length=64)),
                ("by_page", models.BooleanField()),
                ("begin", models.CharField(max_length=100)),
                ("end", models.CharField(max_length=100)),
                ("prefix", models.CharField(max_length=100)),
                ("first", models.BigIntegerField()),
                ("last", models.BigIntegerField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="given_numbers",
                        to="matters.matter",
                    ),
                ),
            ],
            options={
                "ordering": ("created_at", "prefix", "first"),
                "constraints": [
                    models.UniqueConstraint(fields=("matter", "prefix", "first"), name="number_given_once")
                ],
            },
        ),
    ]

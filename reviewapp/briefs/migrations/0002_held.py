import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("briefs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Kept",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("clauses", models.JSONField(default=dict)),
                ("rules", models.JSONField(default=dict)),
                (
                    "brief",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="kept", to="briefs.brief"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Held",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=100)),
                ("order", models.IntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("supported", "Supported"), ("check", "Check"), ("not_found", "Not Found")],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("value_normalised", models.JSONField(blank=True, null=True)),
                ("found_by", models.CharField(blank=True, max_length=20)),
                ("confidence", models.FloatField(default=0)),
                ("quotes", models.JSONField(default=list)),
                ("passages", models.JSONField(default=list)),
                ("others", models.JSONField(default=list)),
                ("holds", models.JSONField(blank=True, null=True)),
                (
                    "brief",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="held", to="briefs.brief"
                    ),
                ),
            ],
            options={
                "ordering": ("order",),
                "constraints": [models.UniqueConstraint(fields=("brief", "name"), name="one_held_per_name")],
            },
        ),
    ]

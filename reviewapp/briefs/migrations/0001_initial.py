import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0003_place"),
    ]

    operations = [
        migrations.CreateModel(
            name="Brief",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.CharField(max_length=40)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("parties", models.TextField(blank=True)),
                ("date", models.CharField(blank=True, max_length=20)),
                ("law", models.CharField(blank=True, max_length=200)),
                ("expiry", models.CharField(blank=True, max_length=20)),
                ("names", models.JSONField(default=dict)),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="brief",
                        to="documents.document",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Field",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("order", models.IntegerField()),
                ("type", models.CharField(max_length=20)),
                ("value", models.TextField(blank=True)),
                ("written", models.TextField(blank=True)),
                ("called", models.JSONField(default=list)),
                ("quotes", models.JSONField(default=list)),
                ("confidence", models.FloatField(default=0)),
                ("rule", models.CharField(blank=True, max_length=60)),
                ("alternatives", models.JSONField(default=list)),
                (
                    "brief",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="fields", to="briefs.brief"
                    ),
                ),
            ],
            options={
                "ordering": ("order",),
                "constraints": [
                    models.UniqueConstraint(fields=("brief", "order"), name="one_field_per_place")
                ],
            },
        ),
    ]

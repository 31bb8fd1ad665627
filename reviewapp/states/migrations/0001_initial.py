import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="State",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("name", models.CharField(blank=True, max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("consolidating", "Consolidating"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                            ("stale", "Stale"),
                        ],
                        default="waiting",
                        max_length=14,
                    ),
                ),
                ("model_sha256", models.CharField(blank=True, max_length=64)),
                ("tokenizer_sha256", models.CharField(blank=True, max_length=64)),
                ("passes", models.IntegerField(default=0)),
                ("window_tokens", models.IntegerField(default=0)),
                ("dtype", models.CharField(blank=True, max_length=20)),
                ("tokens", models.BigIntegerField(default=0)),
                ("windows", models.IntegerField(default=0)),
                ("segments", models.IntegerField(default=0)),
                ("bytes", models.BigIntegerField(default=0)),
                ("seconds", models.FloatField(default=0)),
                ("path", models.CharField(blank=True, max_length=300)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="states",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "ordering": ("-created_at",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        fields=("document", "name"),
                        name="one_state_per_name",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "ready")), fields=("document",), name="one_ready_state"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["waiting", "consolidating"])),
                        fields=("document",),
                        name="one_state_under_way",
                    ),
                ],
            },
        ),
    ]

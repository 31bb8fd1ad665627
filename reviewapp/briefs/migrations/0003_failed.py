import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0014_held"),
        ("briefs", "0002_held"),
    ]

    operations = [
        migrations.CreateModel(
            name="FailedBrief",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.CharField(max_length=40)),
                ("attempts", models.PositiveSmallIntegerField(default=1)),
                ("code", models.CharField(max_length=40)),
                ("reason", models.CharField(max_length=300)),
                ("retry_at", models.DateTimeField()),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="failed_brief",
                        to="documents.document",
                    ),
                ),
            ],
        ),
    ]

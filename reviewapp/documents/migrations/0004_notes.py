import uuid

import django.db.models.deletion
from django.db import migrations, models

from reviewapp.documents import search_index


def install(apps, schema_editor):
    search_index.install(schema_editor)


def remove(apps, schema_editor):
    search_index.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_place")]

    operations = [
        migrations.CreateModel(
            "Note",
            [
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("unread", "Not read"),
                            ("covered", "Covered or redacted"),
                            ("invisible", "Invisible"),
                            ("garbled", "Unreadable text"),
                            ("hidden", "Hidden"),
                            ("changes", "Tracked changes"),
                            ("form", "Form fields"),
                            ("comments", "Comments"),
                            ("ocr", "Read by text recognition"),
                            ("inside", "Files inside"),
                            ("reading", "How it was read"),
                        ],
                        max_length=10,
                    ),
                ),
                ("page", models.IntegerField(default=0)),
                ("text", models.CharField(max_length=500)),
                ("dismissed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="documents.document",
                    ),
                ),
            ],
            {"ordering": ("page", "created_at")},
        ),
        migrations.AddField("batchitem", "dismissed_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(remove, install),
        migrations.AddField("page", "label", models.CharField(blank=True, default="", max_length=20), False),
        migrations.RunPython(install, remove),
    ]

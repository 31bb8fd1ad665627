import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("matters", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("label", models.CharField(max_length=200)),
                (
                    "source",
                    models.CharField(choices=[("browser", "Browser"), ("command", "Command")], max_length=10),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="batches",
                        to="matters.matter",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "batches",
                "ordering": ("-created_at",),
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("sha256", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=1000)),
                ("media_type", models.CharField(max_length=100)),
                ("size_bytes", models.BigIntegerField()),
                ("blob", models.CharField(max_length=300)),
                ("text_version", models.CharField(max_length=100)),
                ("text_sha256", models.CharField(max_length=64)),
                ("page_count", models.IntegerField()),
                ("char_count", models.BigIntegerField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="matters.matter",
                    ),
                ),
            ],
            options={
                "ordering": ("name", "created_at"),
            },
        ),
        migrations.CreateModel(
            name="BatchItem",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("order", models.IntegerField(default=0)),
                ("name", models.CharField(max_length=1000)),
                ("size_bytes", models.BigIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("blob", models.CharField(blank=True, max_length=300)),
                (
                    "disposition",
                    models.CharField(
                        choices=[
                            ("pending", "waiting"),
                            ("accepted", "accepted"),
                            ("duplicate", "duplicate"),
                            ("encrypted", "encrypted"),
                            ("no_text", "no text"),
                            ("unsupported", "unsupported"),
                            ("damaged", "damaged"),
                            ("too_large", "too large"),
                            ("expanded", "opened"),
                        ],
                        default="pending",
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="documents.batch",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="documents.batchitem",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="items",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "ordering": ("order", "created_at"),
            },
        ),
        migrations.CreateModel(
            name="Page",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.IntegerField()),
                ("text", models.TextField(blank=True)),
                ("start", models.BigIntegerField()),
                ("end", models.BigIntegerField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pages",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(fields=("matter", "sha256"), name="one_document_per_hash"),
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.UniqueConstraint(fields=("document", "number"), name="one_page_per_number"),
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gte", models.F("start"))), name="page_range"
            ),
        ),
    ]

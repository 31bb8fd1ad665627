import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0001_initial"),
        ("matters", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("text", models.CharField(max_length=2000)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="matters.matter",
                    ),
                ),
                ("scope", models.ManyToManyField(blank=True, related_name="+", to="documents.document")),
            ],
            options={
                "ordering": ("-created_at",),
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("routing", "Routing"),
                            ("answering", "Answering"),
                            ("checking", "Checking"),
                            ("reading", "Reading"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("answered", "Answered"), ("not_found", "Not Found")],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("confidence", models.FloatField(default=0)),
                (
                    "verification",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", "Exact"),
                            ("tolerant", "Tolerant"),
                            ("read", "Read"),
                            ("unverified", "Unverified"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        blank=True, choices=[("state", "State"), ("reading", "Reading")], max_length=10
                    ),
                ),
                ("draft", models.TextField(blank=True)),
                ("examined", models.JSONField(default=list)),
                ("provenance", models.JSONField(default=dict)),
                ("cost", models.JSONField(default=dict)),
                ("incomplete", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "question",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answer",
                        to="review.question",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("order", models.IntegerField()),
                ("quote", models.TextField()),
                ("start", models.BigIntegerField()),
                ("end", models.BigIntegerField()),
                (
                    "verification",
                    models.CharField(
                        choices=[
                            ("exact", "Exact"),
                            ("tolerant", "Tolerant"),
                            ("read", "Read"),
                            ("unverified", "Unverified"),
                        ],
                        max_length=12,
                    ),
                ),
                ("score", models.FloatField(default=0)),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="review.answer",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="documents.document",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="documents.page",
                    ),
                ),
            ],
            options={
                "ordering": ("order",),
                "constraints": [
                    models.UniqueConstraint(fields=("answer", "order"), name="one_citation_per_place"),
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start"))), name="citation_range"
                    ),
                ],
            },
        ),
    ]

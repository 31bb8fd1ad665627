import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0001_initial"),
        ("matters", "0001_initial"),
        ("review", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ingest_item", "Ingest Item"),
                            ("consolidate", "Consolidate"),
                            ("answer", "Answer"),
                        ],
                        max_length=12,
                    ),
                ),
                ("trigger", models.CharField(max_length=20)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("succeeded", "Succeeded"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempts", models.IntegerField(default=0)),
                ("max_attempts", models.IntegerField(default=3)),
                ("progress_done", models.BigIntegerField(default=0)),
                ("progress_total", models.BigIntegerField(default=0)),
                ("unit", models.CharField(blank=True, max_length=20)),
                ("result", models.JSONField(default=dict)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("cancel_requested", models.BooleanField(default=False)),
                ("sent_at", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("heartbeat_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("worker", models.CharField(blank=True, max_length=200)),
                (
                    "acting_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jobs",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="jobs",
                        to="documents.document",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="jobs",
                        to="documents.batchitem",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="jobs", to="matters.matter"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="jobs",
                        to="review.question",
                    ),
                ),
            ],
            options={
                "ordering": ("-created_at",),
                "indexes": [
                    models.Index(fields=["status", "heartbeat_at"], name="jobs_job_status_84c7a0_idx"),
                    models.Index(fields=["matter", "kind", "status"], name="jobs_job_matter__299656_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("document", None),
                                ("item__isnull", False),
                                ("kind", "ingest_item"),
                                ("question", None),
                            ),
                            models.Q(
                                ("document__isnull", False),
                                ("item", None),
                                ("kind", "consolidate"),
                                ("question", None),
                            ),
                            models.Q(
                                ("document", None),
                                ("item", None),
                                ("kind", "answer"),
                                ("question__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="job_is_about_one_object",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["waiting", "running"])),
                        fields=("item",),
                        name="one_job_under_way_item",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["waiting", "running"])),
                        fields=("document",),
                        name="one_job_under_way_document",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["waiting", "running"])),
                        fields=("question",),
                        name="one_job_under_way_question",
                    ),
                ],
            },
        ),
    ]

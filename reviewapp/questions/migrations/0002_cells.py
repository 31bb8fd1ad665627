import django.db.models.deletion
from django.db import migrations, models

STATUSES = [
    ("waiting", "Waiting"),
    ("routing", "Routing"),
    ("answering", "Answering"),
    ("checking", "Checking"),
    ("reading", "Reading"),
    ("done", "Done"),
    ("failed", "Failed"),
    ("cancelled", "Cancelled"),
]
STATES = [
    ("waiting", "Waiting"),
    ("supported", "Supported"),
    ("check", "Check"),
    ("not_found", "Not Found"),
    ("not_examined", "Not Examined"),
    ("failed", "Failed"),
]


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("review", "0001_initial")]

    operations = [
        migrations.AddField(
            "Question",
            "reach",
            models.CharField(
                choices=[("likeliest", "Likeliest"), ("all", "All")], default="likeliest", max_length=10
            ),
        ),
        migrations.AddField("Question", "asked_because", models.CharField(blank=True, max_length=500)),
        migrations.AddField("Question", "planned", models.BooleanField(default=False)),
        migrations.AddField("Question", "version", models.IntegerField(default=1)),
        migrations.AddField(
            "Question", "status", models.CharField(choices=STATUSES, default="waiting", max_length=10)
        ),
        migrations.AddField("Question", "draft", models.TextField(blank=True)),
        migrations.AddField("Question", "summary", models.JSONField(default=dict)),
        migrations.AddField("Question", "note", models.CharField(blank=True, max_length=500)),
        migrations.AddField("Question", "finished_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField(
            "Answer",
            "question",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="review.question"
            ),
        ),
        migrations.AddField(
            "Answer",
            "document",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers",
                to="documents.document",
            ),
        ),
        migrations.AddField("Answer", "version", models.IntegerField(default=1)),
        migrations.AddField("Answer", "superseded_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("Answer", "order", models.IntegerField(default=0)),
        migrations.AddField(
            "Answer", "state", models.CharField(choices=STATES, default="waiting", max_length=12)
        ),
        migrations.AddField("Answer", "value_type", models.CharField(blank=True, max_length=20)),
        migrations.AddField("Answer", "value_normalised", models.JSONField(blank=True, null=True)),
        migrations.RenameField("Answer", "mode", "found_by"),
        migrations.AlterField("Answer", "found_by", models.CharField(blank=True, max_length=20)),
        migrations.AddField("Citation", "last_page", models.IntegerField(default=0)),
        migrations.AddField(
            "Citation",
            "kind",
            models.CharField(
                choices=[("quote", "Quote"), ("passage", "Passage")], default="quote", max_length=8
            ),
        ),
        migrations.AddField("Citation", "heading", models.CharField(blank=True, max_length=300)),
        migrations.AddField("Citation", "marked", models.JSONField(default=list)),
    ]

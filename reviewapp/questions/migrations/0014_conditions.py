"""The answers to conditions that were asked one by one, and the documents that a question leaves out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0013_condition"),
    ]

    operations = [
        migrations.AddField(
            model_name="answer",
            name="parts",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="question",
            name="leaves_out",
            field=models.ManyToManyField(blank=True, related_name="left_out_of", to="documents.document"),
        ),
    ]

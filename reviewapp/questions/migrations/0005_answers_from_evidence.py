from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0004_one_cell_per_document"),
    ]

    operations = [
        migrations.AddField(
            model_name="answer",
            name="others",
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name="question",
            name="status",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("routing", "Routing"),
                    ("finding", "Finding"),
                    ("reading", "Reading"),
                    ("judging", "Judging"),
                    ("done", "Done"),
                    ("failed", "Failed"),
                    ("cancelled", "Cancelled"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
    ]

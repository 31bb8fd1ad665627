import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_notes")]

    operations = [
        migrations.CreateModel(
            "PageBoxes",
            [
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="boxes",
                        serialize=False,
                        to="documents.page",
                    ),
                ),
                ("packed", models.BinaryField()),
            ],
            {"verbose_name_plural": "page boxes"},
        ),
    ]

"""The condition of a Yes or No, in the document's words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0012_left_out"),
    ]

    operations = [
        migrations.AddField(
            model_name="answer",
            name="condition",
            field=models.CharField(blank=True, default="", max_length=1000),
        ),
    ]

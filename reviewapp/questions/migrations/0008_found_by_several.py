from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0007_wording"),
    ]

    operations = [
        migrations.AlterField(
            model_name="answer",
            name="found_by",
            field=models.CharField(blank=True, max_length=40),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0002_deleted"),
    ]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="ocr_languages",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("jobs", "0001_initial"),
    ]

    operations = [
        migrations.AlterField("job", "kind", models.CharField(max_length=40)),
        migrations.AddField(
            "job",
            "subject_type",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="contenttypes.contenttype",
            ),
        ),
        migrations.AddField("job", "subject_id", models.UUIDField(null=True)),
        migrations.AddField(
            "job",
            "priority",
            models.PositiveSmallIntegerField(
                choices=[(0, "Interactive"), (10, "Grid"), (20, "Bulk")], default=20
            ),
        ),
        migrations.AddField("job", "size", models.BigIntegerField(default=0)),
        migrations.AddField("job", "not_before", models.DateTimeField(null=True)),
    ]

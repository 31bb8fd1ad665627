from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("jobs", "0007_apart"),
        ("matters", "0004_external_id"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="job",
            name="jobs_job_matter__299656_idx",
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                fields=["matter", "kind", "status", "created_at"], name="jobs_oldest_of_matter"
            ),
        ),
    ]

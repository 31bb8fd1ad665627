import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("jobs", "0003_subjects"),
    ]

    operations = [
        migrations.RemoveConstraint("job", "job_is_about_one_object"),
        migrations.RemoveConstraint("job", "one_job_under_way_item"),
        migrations.RemoveConstraint("job", "one_job_under_way_document"),
        migrations.RemoveConstraint("job", "one_job_under_way_question"),
        migrations.RemoveField("job", "item"),
        migrations.RemoveField("job", "document"),
        migrations.RemoveField("job", "question"),
        migrations.AlterField(
            "job",
            "subject_type",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="contenttypes.contenttype",
            ),
        ),
        migrations.AlterField("job", "subject_id", models.UUIDField()),
        migrations.AddIndex(
            "job",
            models.Index(fields=["kind", "status", "matter", "priority", "size"], name="jobs_next_of_matter"),
        ),
        migrations.AddIndex(
            "job", models.Index(fields=["matter", "kind", "started_at"], name="jobs_matter_served")
        ),
        migrations.AddIndex("job", models.Index(fields=["subject_id", "kind"], name="jobs_of_subject")),
        migrations.AddConstraint(
            "job",
            models.UniqueConstraint(
                condition=models.Q(("status__in", ["waiting", "running"])),
                fields=("kind", "subject_id"),
                name="one_job_under_way",
            ),
        ),
    ]

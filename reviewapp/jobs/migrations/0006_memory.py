from django.conf import settings
from django.db import migrations, models

NEED_A_MODEL = ("consolidate", "answer")


def name_memories(apps, schema_editor):
    jobs = apps.get_model("jobs", "Job").objects.using(schema_editor.connection.alias)
    jobs.filter(kind__in=NEED_A_MODEL).update(memory=settings.MEMORY)


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0005_client"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="memory",
            field=models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
        migrations.RunPython(name_memories, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="job", name="one_job_under_way"),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["waiting", "running"])),
                fields=("kind", "subject_id", "memory"),
                name="one_job_under_way",
            ),
        ),
    ]

from django.db import migrations, models


def name_what_was_given_up(apps, schema_editor):
    """Files whose reading ended without an outcome have a disposition of their own now."""
    alias = schema_editor.connection.alias
    jobs = apps.get_model("jobs", "Job").objects.using(alias).filter(kind="ingest_item")
    items = apps.get_model("documents", "BatchItem").objects.using(alias).filter(disposition="pending")
    of_item = jobs.filter(subject_id=models.OuterRef("pk"))
    ended = models.Exists(of_item.filter(status__in=("failed", "cancelled")))
    under_way = models.Exists(of_item.filter(status__in=("waiting", "running")))
    items.filter(ended).exclude(under_way).update(disposition="not_read")


class Migration(migrations.Migration):
    dependencies = [("documents", "0006_arrival"), ("jobs", "0005_client")]
    operations = [migrations.RunPython(name_what_was_given_up, migrations.RunPython.noop)]

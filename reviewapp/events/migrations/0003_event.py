import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_client"),
        ("matters", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel("AuditEntry", "Event"),
        migrations.RenameIndex(
            "event", new_name="audit_event_matter__9ae2f9_idx", old_name="audit_audit_matter__aafb30_idx"
        ),
        migrations.AlterField(
            "event",
            "matter",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="matters.matter",
            ),
        ),
        migrations.AlterField(
            "event",
            "user",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "event", "sequence", models.BigIntegerField(editable=False, null=True, unique=True)
        ),
        migrations.AddIndex(
            "event",
            models.Index(condition=models.Q(("sequence", None)), fields=["at"], name="events_without_number"),
        ),
    ]

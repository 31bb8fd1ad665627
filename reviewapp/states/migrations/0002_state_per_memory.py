from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("memory", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="state", name="one_ready_state"),
        migrations.RemoveConstraint(model_name="state", name="one_state_under_way"),
        migrations.RemoveField(model_name="state", name="path"),
        migrations.AddField(
            model_name="state", name="memory", field=models.CharField(default="embedded", max_length=40)
        ),
        migrations.AddField(model_name="state", name="segment_windows", field=models.IntegerField(default=0)),
        migrations.AlterField(
            model_name="state", name="dtype", field=models.CharField(blank=True, max_length=40)
        ),
        migrations.AddConstraint(
            model_name="state",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "ready")), fields=("document", "memory"), name="one_ready_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="state",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["waiting", "consolidating"])),
                fields=("document", "memory"),
                name="one_state_under_way",
            ),
        ),
    ]

from django.db import migrations, models


def note_matters(apps, schema_editor):
    """What is on its way goes where it would have gone."""
    connections = apps.get_model("clio", "Connection").objects
    notes = apps.get_model("clio", "SentNote").objects
    for matter, there in connections.values_list("matter", "there"):
        notes.filter(matter=matter, sent_at=None).update(matter_there=there)


class Migration(migrations.Migration):
    dependencies = [("clio", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="sentnote",
            name="matter_there",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.RunPython(note_matters, migrations.RunPython.noop),
    ]

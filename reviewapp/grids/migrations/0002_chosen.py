from django.db import migrations, models


def mark_chosen(apps, schema_editor):
    grids = apps.get_model("grids", "Grid").objects.using(schema_editor.connection.alias)
    grids.exclude(documents=None).update(chosen=True)


class Migration(migrations.Migration):
    dependencies = [("grids", "0001_initial")]

    operations = [
        migrations.AddField(model_name="grid", name="chosen", field=models.BooleanField(default=False)),
        migrations.RunPython(mark_chosen, migrations.RunPython.noop),
    ]

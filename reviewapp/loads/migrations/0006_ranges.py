from django.db import migrations, models


def end_where_it_begins(apps, schema_editor):
    """A row whose last number stood before its first is found by its first, as one that gave no last."""
    rows = apps.get_model("loads", "LoadedFields").objects.using(schema_editor.connection.alias)
    rows.filter(last__lt=models.F("first")).update(last=models.F("first"))


class Migration(migrations.Migration):
    dependencies = [("loads", "0005_given_numbers")]
    operations = [migrations.RunPython(end_where_it_begins, migrations.RunPython.noop)]

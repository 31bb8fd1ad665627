from django.db import migrations

from reviewapp.documents import search_index


def install(apps, schema_editor):
    search_index.install(schema_editor)


def remove(apps, schema_editor):
    search_index.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]

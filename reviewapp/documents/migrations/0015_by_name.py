"""The order of names that people expect."""

from django.db import migrations

from reviewapp.documents.ordering import install, remove


class Migration(migrations.Migration):
    dependencies = (("documents", "0014_held"),)

    operations = (migrations.RunPython(install, remove),)

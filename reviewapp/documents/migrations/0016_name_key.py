"""Names as people read them: what was sent percent-encoded is decoded, once; and the key of the order of names."""

from collections.abc import Iterator
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import reviewapp.documents.ordering
from reviewapp.documents.ordering import key_of
from reviewapp.frame.naming import read_name

ROWS_AT_ONCE = 1000


def read_names(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Decode the names that are there, and write the keys of documents."""
    for rows in _parts(apps.get_model("documents", "Document")):
        for row in rows:
            row.name = read_name(row.name)
            row.name_key = key_of(row.name)
        type(rows[0]).objects.bulk_update(rows, ["name", "name_key"], batch_size=200)
    for rows in _parts(apps.get_model("documents", "BatchItem"), name__contains="%"):
        for row in rows:
            row.name, sent = read_name(row.name), row.name
            row.sent_as = "" if row.name == sent else sent
        type(rows[0]).objects.bulk_update(rows, ["name", "sent_as"], batch_size=200)
    for rows in _parts(apps.get_model("documents", "Withdrawal"), name__contains="%"):
        for row in rows:
            row.name = read_name(row.name)
        type(rows[0]).objects.bulk_update(rows, ["name"], batch_size=200)


def _parts(model: Any, **wanted: str) -> Iterator[list[Any]]:
    rows = model._base_manager.filter(**wanted).order_by("pk")
    part = list(rows[:ROWS_AT_ONCE])
    while part:
        yield part
        part = list(rows.filter(pk__gt=part[-1].pk)[:ROWS_AT_ONCE])


class Migration(migrations.Migration):
    dependencies = (("documents", "0015_by_name"),)

    operations = (
        migrations.AlterModelOptions(name="document", options={"ordering": ("name_key", "created_at")}),
        migrations.AddField(
            model_name="document",
            name="name_key",
            field=reviewapp.documents.ordering.NameKey(default=b""),
        ),
        migrations.AddField(
            model_name="batchitem",
            name="sent_as",
            field=models.CharField(blank=True, default="", max_length=1000),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("version_of", None)),
                fields=["matter", "name_key", "created_at", "id"],
                name="documents_by_name",
            ),
        ),
        migrations.RunPython(read_names, migrations.RunPython.noop),
    )

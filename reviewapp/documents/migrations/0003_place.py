from django.db import migrations, models

DIGITS = 6


def number_items(apps, schema_editor):
    """Give each item of a batch its place: its number, after the place of the container it came out of."""
    items = apps.get_model("documents", "BatchItem").objects.using(schema_editor.connection.alias)
    for batch in items.order_by().values_list("batch", flat=True).distinct():
        children = {}
        for item in items.filter(batch=batch).order_by("order", "created_at").only("parent_id", "place"):
            children.setdefault(item.parent_id, []).append(item)
        placed, waiting = [], [("", None)]
        while waiting:
            within, parent = waiting.pop()
            for number, item in enumerate(children.get(parent, [])):
                item.place = f"{within}{number:0{DIGITS}}"
                placed.append(item)
                waiting.append((item.place, item.pk))
        items.bulk_update(placed, ["place"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_search")]

    operations = [
        migrations.AddField(
            "batchitem", "place", models.CharField(blank=True, default="", max_length=200), False
        ),
        migrations.RunPython(number_items, migrations.RunPython.noop),
        migrations.AlterModelOptions("batchitem", {"ordering": ("place", "created_at")}),
        migrations.RemoveField("batchitem", "order"),
        migrations.AddIndex("batchitem", models.Index(fields=["batch", "place"], name="items_in_place")),
    ]

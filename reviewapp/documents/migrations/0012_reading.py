import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0011_load_files"),
    ]

    operations = [
        # NB: SQLite would make the table anew, on which the index of the search rests.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE documents_page ADD COLUMN languages varchar(200) DEFAULT '' NOT NULL",
                    "ALTER TABLE documents_page DROP COLUMN languages",
                ),
            ],
            state_operations=[
                migrations.AddField(
                    model_name="page",
                    name="languages",
                    field=models.CharField(blank=True, db_default="", default="", max_length=200),
                ),
            ],
        ),
        migrations.AlterField(
            model_name="batch",
            name="source",
            field=models.CharField(
                choices=[
                    ("browser", "Browser"),
                    ("command", "Command"),
                    ("folder", "watched folder"),
                    ("api", "Api"),
                    ("load", "load file"),
                    ("again", "read again"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="PagesRead",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("first_page", models.IntegerField()),
                ("read_with", models.CharField(max_length=64)),
                ("outcome", models.BinaryField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pages_read",
                        to="documents.batchitem",
                    ),
                ),
            ],
            options={"verbose_name_plural": "pages read"},
        ),
        migrations.AddConstraint(
            model_name="pagesread",
            constraint=models.UniqueConstraint(fields=("item", "first_page"), name="pages_read_once"),
        ),
    ]

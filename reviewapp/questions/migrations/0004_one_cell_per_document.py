import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("review", "0003_answers_to_cells")]

    operations = [
        *(
            migrations.RemoveField("Answer", name)
            for name in ("status", "outcome", "draft", "examined", "incomplete")
        ),
        migrations.AlterField(
            "Answer",
            "document",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="documents.document"
            ),
        ),
        migrations.AlterModelOptions("Answer", {"ordering": ("order",)}),
        migrations.AddConstraint(
            "Answer",
            models.UniqueConstraint(
                condition=models.Q(superseded_at=None),
                fields=("question", "document"),
                name="one_cell_per_document",
            ),
        ),
    ]

"""Make each answer the cell of the document it quotes; what quotes nothing becomes its question's summary."""

from django.db import migrations

KEPT = ("outcome", "text", "confidence", "verification", "found_by", "examined", "provenance", "cost")


def answers_to_cells(apps, schema_editor):
    Answer = apps.get_model("review", "Answer")
    answers = Answer.objects.using(schema_editor.connection.alias)
    for answer in answers.select_related("question").prefetch_related("citations").iterator(500):
        question = answer.question
        question.status, question.draft, question.note = answer.status, answer.draft, answer.note
        question.finished_at = answer.finished_at
        citations = sorted(answer.citations.all(), key=lambda citation: citation.order)
        question.summary = summary_of(answer, citations) if answer.status == "done" else {}
        question.save()
        if not citations:
            answer.delete()
            continue
        answer.document_id = citations[0].document_id
        answer.state = "check" if answer.outcome == "answered" else "not_found"
        answer.note = ""
        answer.save()


def summary_of(answer, citations):
    """What lists and pages show, with all that the answer held and has no place in one document's cell."""
    earlier = {name: getattr(answer, name) for name in KEPT} | {"incomplete": answer.incomplete}
    found, value = answer.outcome == "answered", " ".join(answer.text.split())
    documents = [str(citation.document_id) for citation in citations[:1]]
    summary = {
        "sentence": value if found else "",
        "state": "check" if found else "not_found",
        "groups": [],
        "asked": len(documents),
        "earlier": earlier,
    }
    if found and documents:
        summary["sentence"] = f"1 document says {value}."
        summary["groups"] = [{"value": value, "documents": documents, "count": 1, "supported": 0}]
    return summary


def last_pages(apps, schema_editor):
    Citation, Page = apps.get_model("review", "Citation"), apps.get_model("documents", "Page")
    alias = schema_editor.connection.alias
    for citation in Citation.objects.using(alias).iterator(500):
        pages = Page.objects.using(alias).filter(document=citation.document_id, start__lt=citation.end)
        citation.last_page = pages.order_by("-start", "-number").values_list("number", flat=True).first()
        citation.save(update_fields=["last_page"])


class Migration(migrations.Migration):
    dependencies = [("review", "0002_cells")]

    operations = [
        migrations.RunPython(answers_to_cells, migrations.RunPython.noop),
        migrations.RunPython(last_pages, migrations.RunPython.noop),
    ]

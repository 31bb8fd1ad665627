from django.db import migrations
from django.db.models import F, OuterRef, Subquery

# kind: app and model of its subject, the key that named it, the field that says how large it is
SUBJECTS = {
    "ingest_item": ("documents", "batchitem", "item", "size_bytes"),
    "consolidate": ("documents", "document", "document", "char_count"),
    "answer": ("review", "question", "question", None),
}


def name_subjects(apps, schema_editor):
    alias = schema_editor.connection.alias
    all_jobs = apps.get_model("jobs", "Job").objects.using(alias)
    ContentType = apps.get_model("contenttypes", "ContentType")
    for kind, (app, model, key, size) in SUBJECTS.items():
        jobs = all_jobs.filter(kind=kind)
        if not jobs.exists():
            continue
        subject_type, _ = ContentType.objects.using(alias).get_or_create(app_label=app, model=model)
        jobs.update(subject_type=subject_type, subject_id=F(f"{key}_id"), priority=20 if size else 0)
        if size:
            subjects = apps.get_model(app, model).objects.using(alias).filter(pk=OuterRef("subject_id"))
            jobs.update(size=Subquery(subjects.values(size)[:1]))


def name_keys(apps, schema_editor):
    jobs = apps.get_model("jobs", "Job").objects.using(schema_editor.connection.alias)
    for kind, (_, _, key, _) in SUBJECTS.items():
        jobs.filter(kind=kind).update(**{f"{key}_id": F("subject_id")})


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
        ("jobs", "0002_open_kinds"),
        ("review", "0001_initial"),
    ]

    operations = [migrations.RunPython(name_subjects, name_keys)]

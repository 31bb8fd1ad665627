"""Addresses of uploads and files."""

from django.urls import path

from reviewapp.intake import recognition, transfer, views

urlpatterns = [
    path("matters/<uuid:matter_id>/upload/", views.upload, name="upload"),
    path("matters/<uuid:matter_id>/upload/begin/", transfer.begin, name="begin_upload"),
    path("batches/<uuid:batch_id>/missing/", transfer.missing, name="missing_files"),
    path("batches/<uuid:batch_id>/add/", transfer.add, name="add_files"),
    path("batches/<uuid:batch_id>/complete/", transfer.complete, name="complete_upload"),
    path("batches/<uuid:batch_id>/", views.batch, name="batch"),
    path("batches/<uuid:batch_id>/files/", views.files, name="batch_files"),
    path("batches/<uuid:batch_id>/retry/", views.retry_batch, name="retry_batch"),
    path("batches/<uuid:batch_id>/manifest.csv", views.manifest, name="manifest"),
    path("matters/<uuid:matter_id>/recognition/", recognition.recognition, name="recognition"),
    path("matters/<uuid:matter_id>/recognition/again/", recognition.read_again, name="read_again"),
    path("matters/<uuid:matter_id>/problems/", views.problems, name="problems"),
    path("files/<uuid:item_id>/dismiss/", views.dismiss_item, name="dismiss_item"),
    path("notes/<uuid:note_id>/dismiss/", views.dismiss_note, name="dismiss_note"),
    path("files/<uuid:item_id>/replace/", views.replace_file, name="replace_file"),
    path("files/<uuid:item_id>/retry/", views.retry_item, name="retry_item"),
]

"""Addresses of the audit list."""

from django.urls import path

from reviewapp.audit import elsewhere, views

urlpatterns = [
    path("matters/<uuid:matter_id>/audit/", views.audit, name="audit"),
    path("matters/<uuid:matter_id>/audit.csv", views.audit_csv, name="audit_csv"),
    path("matters/<uuid:matter_id>/audit/elsewhere/", elsewhere.elsewhere, name="elsewhere"),
    path("matters/<uuid:matter_id>/elsewhere.csv", elsewhere.elsewhere_csv, name="elsewhere_csv"),
    path("matters/<uuid:matter_id>/audit/reading/", views.reading, name="reading"),
    path("matters/<uuid:matter_id>/reading.csv", views.reading_csv, name="reading_csv"),
]

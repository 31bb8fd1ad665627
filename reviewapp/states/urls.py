"""Addresses of consolidation."""

from django.urls import path

from reviewapp.states import views

urlpatterns = [
    path("matters/<uuid:matter_id>/consolidation/", views.consolidation, name="consolidation"),
    path("matters/<uuid:matter_id>/consolidation/rows/", views.rows, name="consolidation_rows"),
    path("matters/<uuid:matter_id>/consolidation/start/", views.start, name="start_consolidation"),
    path("matters/<uuid:matter_id>/consolidation/retry/", views.retry, name="retry_consolidation"),
    path("matters/<uuid:matter_id>/consolidation/cancel/", views.cancel_all, name="cancel_consolidation"),
    path("documents/<uuid:document_id>/consolidation/start/", views.start_one, name="start_document"),
    path("documents/<uuid:document_id>/consolidation/cancel/", views.cancel_one, name="cancel_document"),
]

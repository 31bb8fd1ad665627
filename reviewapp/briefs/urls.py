"""Addresses of briefs."""

from django.urls import path

from reviewapp.briefs import views

urlpatterns = [
    path("matters/<uuid:matter_id>/briefs/failed/", views.failed, name="failed_briefs"),
    path("matters/<uuid:matter_id>/briefs/again/", views.try_all_again, name="retry_briefs"),
    path("documents/<uuid:document_id>/brief/again/", views.try_one_again, name="retry_brief"),
]

"""Addresses of exports."""

from django.urls import path

from reviewapp.exports import views

urlpatterns = [
    path("matters/<uuid:matter_id>/exports/", views.exports, name="exports"),
    path("matters/<uuid:matter_id>/exports/made/", views.made, name="exports_made"),
    path("exports/<uuid:export_id>/file/", views.file, name="export_file"),
]

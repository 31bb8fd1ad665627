"""Addresses of the ending of matters."""

from django.urls import path

from reviewapp.ending import views

urlpatterns = [
    path("matters/deleted/", views.deleted_matters, name="deleted_matters"),
    path("matters/<uuid:matter_id>/delete/", views.delete_matter, name="delete_matter"),
    path("matters/<uuid:matter_id>/remove-again/", views.remove_again, name="remove_again"),
]

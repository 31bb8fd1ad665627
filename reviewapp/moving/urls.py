"""Addresses of whole matters out and in."""

from django.urls import path

from reviewapp.moving import views

urlpatterns = [
    path("matters/<uuid:matter_id>/archives/", views.archives, name="archives"),
    path("archives/<uuid:archive_id>/file/", views.archive_file, name="archive_file"),
    path("archives/<uuid:archive_id>/remove/", views.remove_archive, name="remove_archive"),
    path("matters/archives/", views.arrivals, name="arrivals"),
    path("arrivals/<uuid:arrival_id>/give-up/", views.give_up, name="give_up_arrival"),
]

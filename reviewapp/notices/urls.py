"""Addresses of a person's notices."""

from django.urls import path

from reviewapp.notices import views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/bell/", views.bell, name="bell"),
    path("notices/read/", views.read_all, name="read_notices"),
    path("notices/wishes/", views.wish, name="notice_wishes"),
    path("notices/<uuid:notice_id>/", views.open_notice, name="open_notice"),
]

"""Addresses of matters and members."""

from django.urls import path

from reviewapp.matters import views

urlpatterns = [
    path("", views.matters, name="matters"),
    path("matters/new/", views.new_matter, name="new_matter"),
    path("matters/<uuid:matter_id>/members/", views.members, name="members"),
    path("members/<uuid:membership_id>/role/", views.change_role, name="change_role"),
    path("members/<uuid:membership_id>/remove/", views.remove_member, name="remove_member"),
]

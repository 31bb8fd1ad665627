"""Addresses of matters and members."""

from django.urls import path

from reviewapp.matters import views

urlpatterns = [
    path("", views.matters, name="matters"),
    path("matters/new/", views.new_matter, name="new_matter"),
    path("matters/<uuid:matter_id>/members/", views.members, name="members"),
    path("matters/<uuid:matter_id>/settings/", views.matter_settings, name="matter_settings"),
    path("matters/<uuid:matter_id>/rename/", views.rename_matter, name="rename_matter"),
    path("matters/<uuid:matter_id>/close/", views.close_matter, name="close_matter"),
    path("matters/<uuid:matter_id>/reopen/", views.reopen_matter, name="reopen_matter"),
    path("members/<uuid:membership_id>/role/", views.change_role, name="change_role"),
    path("members/<uuid:membership_id>/remove/", views.remove_member, name="remove_member"),
]

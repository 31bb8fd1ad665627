"""Addresses of a matter's front page."""

from django.urls import path

from reviewapp.home import views

urlpatterns = [
    path("matters/<uuid:matter_id>/", views.matter, name="matter"),
    path("matters/<uuid:matter_id>/planner/", views.planner, name="planner"),
    path("matters/<uuid:matter_id>/overview/", views.overview, name="overview"),
]

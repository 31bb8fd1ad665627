"""Addresses of load files."""

from django.urls import path

from reviewapp.loads import views

urlpatterns = [
    path("matters/<uuid:matter_id>/loads/", views.loads, name="loads"),
    path("loads/<uuid:load_id>/", views.load, name="load"),
    path("loads/<uuid:load_id>/state/", views.state, name="load_state"),
    path("loads/<uuid:load_id>/columns/", views.columns, name="load_columns"),
    path("loads/<uuid:load_id>/start/", views.start, name="start_load"),
    path("loads/<uuid:load_id>/report.csv", views.report, name="load_report"),
]

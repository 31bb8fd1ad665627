"""Addresses of load files."""

from django.urls import path

from reviewapp.loads import production_views, views

urlpatterns = [
    path("matters/<uuid:matter_id>/loads/", views.loads, name="loads"),
    path("loads/<uuid:load_id>/", views.load, name="load"),
    path("loads/<uuid:load_id>/state/", views.state, name="load_state"),
    path("loads/<uuid:load_id>/columns/", views.columns, name="load_columns"),
    path("loads/<uuid:load_id>/start/", views.start, name="start_load"),
    path("loads/<uuid:load_id>/report.csv", views.report, name="load_report"),
    path("matters/<uuid:matter_id>/productions/", production_views.productions, name="productions"),
    path("productions/<uuid:production_id>/production.zip", production_views.download, name="production"),
]

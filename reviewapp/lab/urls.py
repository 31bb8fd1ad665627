"""Addresses of the memory lab."""

from django.urls import path

from reviewapp.lab import views

urlpatterns = [
    path("matters/<uuid:matter_id>/lab/", views.lab, name="lab"),
    path("lab/<uuid:comparison_id>/", views.comparison, name="comparison"),
    path("lab/<uuid:comparison_id>/live/", views.live, name="comparison_live"),
    path("lab/<uuid:comparison_id>/begin/", views.begin, name="begin_comparison"),
    path("lab/<uuid:comparison_id>/cancel/", views.cancel, name="cancel_comparison"),
    path("lab/<uuid:comparison_id>/remove/", views.remove, name="remove_comparison"),
    path("lab/<uuid:comparison_id>/table.csv", views.table, name="comparison_table"),
    path("lab/<uuid:comparison_id>/figures.json", views.figures, name="comparison_figures"),
]

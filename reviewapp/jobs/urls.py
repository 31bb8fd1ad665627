"""Addresses of jobs."""

from django.urls import path

from reviewapp.jobs import views

urlpatterns = [
    path("matters/<uuid:matter_id>/jobs/", views.jobs, name="jobs"),
    path("jobs/<uuid:job_id>/cancel/", views.cancel, name="cancel_job"),
]

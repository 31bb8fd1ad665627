"""Addresses of all apps."""

from django.urls import include, path

urlpatterns = [
    path("", include("reviewapp.matters.urls")),
    path("", include("reviewapp.documents.urls")),
    path("", include("reviewapp.memory.urls")),
    path("", include("reviewapp.review.urls")),
    path("", include("reviewapp.jobs.urls")),
]

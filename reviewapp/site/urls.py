"""Addresses of all apps."""

from django.urls import include, path

from reviewapp.site.health import health
from reviewapp.site.metrics import metrics
from reviewapp.site.status_views import status, status_part

urlpatterns = [
    path("health", health, name="health"),
    path("metrics", metrics, name="metrics"),
    path("status/", status, name="status"),
    path("status/now", status_part, name="status_part"),
    path("", include("reviewapp.frame.urls")),
    path("", include("reviewapp.matters.urls")),
    path("", include("reviewapp.people.urls")),
    path("", include("reviewapp.directory.urls")),
    path("", include("reviewapp.ending.urls")),
    path("", include("reviewapp.home.urls")),
    path("", include("reviewapp.intake.urls")),
    path("", include("reviewapp.loads.urls")),
    path("", include("reviewapp.moving.urls")),
    path("", include("reviewapp.clio.urls")),
    path("", include("reviewapp.notices.urls")),
    path("", include("reviewapp.reader.urls")),
    path("", include("reviewapp.catalogue.urls")),
    path("", include("reviewapp.states.urls")),
    path("", include("reviewapp.briefs.urls")),
    path("", include("reviewapp.questions.urls")),
    path("", include("reviewapp.reviews.urls")),
    path("", include("reviewapp.grids.urls")),
    path("", include("reviewapp.exports.urls")),
    path("", include("reviewapp.lab.urls")),
    path("", include("reviewapp.jobs.urls")),
    path("", include("reviewapp.audit.urls")),
    path("", include("reviewapp.webhooks.urls")),
    path("", include("reviewapp.api.urls")),
]

handler400 = "reviewapp.frame.refusals.bad_request"

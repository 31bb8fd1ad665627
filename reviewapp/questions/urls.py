"""Addresses of questions and answers."""

from django.urls import path

from reviewapp.questions import choosing, stream, views

urlpatterns = [
    path("matters/<uuid:matter_id>/questions/", views.questions, name="questions"),
    path("matters/<uuid:matter_id>/questions/documents/", choosing.documents_to_ask, name="documents_to_ask"),
    path("questions/<uuid:question_id>/", views.question, name="question"),
    path("questions/<uuid:question_id>/answer/", views.answer, name="answer"),
    path("questions/<uuid:question_id>/events/", stream.events, name="events"),
    path("questions/<uuid:question_id>/stop/", views.stop, name="stop_question"),
    path("questions/<uuid:question_id>/retry/", views.retry, name="retry_question"),
    path("questions/<uuid:question_id>/rest/", views.rest, name="ask_rest"),
    path("questions/<uuid:question_id>/renew/", views.renew, name="renew_question"),
    path("questions/<uuid:question_id>/again/", views.again, name="ask_again"),
]

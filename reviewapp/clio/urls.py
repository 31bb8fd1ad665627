"""Addresses of Clio."""

from django.urls import path

from reviewapp.clio import views

urlpatterns = [
    path("matters/<uuid:matter_id>/clio/", views.clio, name="clio"),
    path("matters/<uuid:matter_id>/clio/connect/", views.connect, name="connect_clio"),
    path("clio/connected/", views.connected, name="clio_connected"),
    path("matters/<uuid:matter_id>/clio/choose/", views.choose, name="choose_clio"),
    path("matters/<uuid:matter_id>/clio/fetch/", views.fetch, name="fetch_clio"),
    path("matters/<uuid:matter_id>/clio/send/", views.send, name="send_to_clio"),
    path("matters/<uuid:matter_id>/clio/disconnect/", views.disconnect, name="disconnect_clio"),
]

"""Addresses of webhooks."""

from django.urls import path

from reviewapp.webhooks import views

urlpatterns = [
    path("matters/<uuid:matter_id>/webhooks/", views.webhooks, name="webhooks"),
    path("webhooks/<uuid:endpoint_id>/", views.webhook, name="webhook"),
    path("webhooks/<uuid:endpoint_id>/secret/", views.change_secret, name="change_webhook_secret"),
    path("webhooks/<uuid:endpoint_id>/switch/", views.switch, name="switch_webhook"),
    path("webhooks/<uuid:endpoint_id>/test/", views.test, name="test_webhook"),
    path("webhooks/<uuid:endpoint_id>/remove/", views.remove, name="remove_webhook"),
    path("deliveries/<uuid:delivery_id>/", views.delivery, name="delivery"),
    path("deliveries/<uuid:delivery_id>/again/", views.again, name="send_webhook_again"),
]

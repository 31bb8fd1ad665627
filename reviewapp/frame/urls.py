"""Addresses of what is said of these pages themselves."""

from django.urls import path
from django.views.generic import TemplateView

urlpatterns = [
    path("accessibility/", TemplateView.as_view(template_name="accessibility.html"), name="accessibility"),
]

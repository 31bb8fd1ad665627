"""Addresses of memory."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

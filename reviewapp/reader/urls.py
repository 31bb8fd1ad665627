"""Addresses of documents, their pages and search."""

from django.urls import path

from reviewapp.reader import searching, views

urlpatterns = [
    path("matters/<uuid:matter_id>/search/", searching.search, name="search"),
    path("documents/<uuid:document_id>/", views.document, name="document"),
    path("documents/<uuid:document_id>/pages/<int:number>/", views.page, name="page"),
    path(
        "documents/<uuid:document_id>/pages/<int:number>/picture/<int:width>/", views.picture, name="picture"
    ),
    path("documents/<uuid:document_id>/original/", views.original, name="original"),
]

"""Addresses of the list of documents and of what is done with one."""

from django.urls import path

from reviewapp.catalogue import clause_views, views

urlpatterns = [
    path("matters/<uuid:matter_id>/documents/", views.documents, name="documents"),
    path("matters/<uuid:matter_id>/documents/list/", views.documents_list, name="documents_list"),
    path("matters/<uuid:matter_id>/documents/columns/", views.choose_columns, name="choose_columns"),
    path("matters/<uuid:matter_id>/clauses/", clause_views.clauses, name="clauses"),
    path("matters/<uuid:matter_id>/withdrawn/", views.withdrawals, name="withdrawals"),
    path("documents/<uuid:document_id>/name/", views.rename, name="rename_document"),
    path("documents/<uuid:document_id>/replace/", views.replace, name="replace_document"),
    path("documents/<uuid:document_id>/withdraw/", views.withdraw, name="withdraw_document"),
    path("documents/<uuid:document_id>/beside/<uuid:other_id>/", views.side_by_side, name="beside"),
]

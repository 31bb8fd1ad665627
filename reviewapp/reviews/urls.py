"""Addresses of cells, of the coding of documents and of quality."""

from django.urls import path

from reviewapp.reviews import coding_views, quality_views, views

urlpatterns = [
    path("cells/<uuid:answer_id>/", views.cell, name="cell"),
    path("cells/<uuid:answer_id>/decide/", views.decide, name="decide"),
    path("cells/<uuid:answer_id>/comment/", views.comment, name="comment"),
    path("matters/<uuid:matter_id>/quality/", quality_views.quality, name="quality"),
    path("matters/<uuid:matter_id>/review-rules/", views.rules, name="review_rules"),
    path("samples/<uuid:sample_id>/", quality_views.sample, name="sample"),
    path("samples/<uuid:sample_id>/protocol/", quality_views.protocol, name="protocol"),
    path("matters/<uuid:matter_id>/coding/", coding_views.coding, name="coding"),
    path("matters/<uuid:matter_id>/coding/live/", coding_views.under_way, name="coding_under_way"),
    path("matters/<uuid:matter_id>/issues/", coding_views.define_issue, name="define_issue"),
    path("documents/<uuid:document_id>/code/", coding_views.code_document, name="code_document"),
]

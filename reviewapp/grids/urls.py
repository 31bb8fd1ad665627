"""Addresses of grids and question sets."""

from django.urls import path

from reviewapp.grids import cost_views, night_views, part_views, threads, views

urlpatterns = [
    path("matters/<uuid:matter_id>/grids/", views.grids, name="grids"),
    path("matters/<uuid:matter_id>/sets/", part_views.sets, name="sets"),
    path("matters/<uuid:matter_id>/sets/<uuid:set_id>/", part_views.question_set, name="question_set"),
    path("matters/<uuid:matter_id>/costs/", cost_views.matter_costs, name="matter_costs"),
    path("matters/<uuid:matter_id>/nights/allow/", night_views.allow, name="allow_nights"),
    path("matters/<uuid:matter_id>/nights/end/", night_views.end, name="end_nights"),
    path("questions/<uuid:question_id>/costs/", cost_views.question_costs, name="question_costs"),
    path("grids/<uuid:grid_id>/costs/", cost_views.grid_costs, name="grid_costs"),
    path("questions/<uuid:question_id>/set/", threads.set_of_thread, name="set_of_thread"),
    path("grids/<uuid:grid_id>/", views.grid, name="grid"),
    path("grids/<uuid:grid_id>/live/", views.live, name="grid_live"),
    path("grids/<uuid:grid_id>/run/", views.run, name="run_grid"),
    path("grids/<uuid:grid_id>/rows/<uuid:document_id>/verify/", views.verify_row, name="verify_row"),
    path("grids/<uuid:grid_id>/columns/", part_views.add_column, name="add_column"),
    path("grids/<uuid:grid_id>/views/", part_views.save_view, name="save_view"),
    path("grids/<uuid:grid_id>/assign/", part_views.assign, name="assign"),
    path("columns/<uuid:column_id>/", part_views.column, name="column"),
    path("views/<uuid:view_id>/delete/", part_views.delete_view, name="delete_view"),
]

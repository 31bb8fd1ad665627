"""Addresses of people: one's own profile, and accounts for those who manage them."""

from django.urls import path

from reviewapp.people import views

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("profile/password/", views.change_password, name="change_password"),
    path("password/<str:key>/<str:token>/", views.set_password, name="set_password"),
    path("people/", views.people, name="people"),
    path("people/<int:person_id>/", views.person, name="person"),
    path("people/<int:person_id>/change/", views.change_person, name="change_person"),
]

"""Routed only where MAILBOX_DIR is set; anybody may read what is there."""

from django.urls import path

from web.mailbox import views

app_name = "mailbox"

urlpatterns = [
    path("", views.index, name="index"),
    path("messages.json", views.messages, name="messages"),
    path("<str:key>", views.message, name="message"),
    path("<str:key>/html", views.html, name="html"),
]

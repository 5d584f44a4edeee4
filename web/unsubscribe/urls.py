from django.urls import path

from web.unsubscribe.views import unsubscribe

urlpatterns = [path("<str:token>/", unsubscribe, name="unsubscribe")]

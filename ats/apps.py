from django.apps import AppConfig


class AtsConfig(AppConfig):
    name = "ats"
    verbose_name = "Applicant tracking"
    default_auto_field = "django.db.models.BigAutoField"

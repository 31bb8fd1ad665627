from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "reviewapp.audit"

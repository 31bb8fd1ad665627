from django.apps import AppConfig


class ReviewappConfig(AppConfig):
    name = "reviewapp"

    def ready(self) -> None:
        from reviewapp import checks  # noqa: F401  registers the checks

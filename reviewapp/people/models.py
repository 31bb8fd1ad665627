"""How a person wants the pages."""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models


class Theme(models.TextChoices):
    """Colours of the pages."""

    SYSTEM = "system", "As the device says"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class Density(models.TextChoices):
    """How close together lists and tables stand."""

    COMFORTABLE = "comfortable", "Comfortable"
    COMPACT = "compact", "Compact"


class Preferences(models.Model):
    """How one person wants the pages; who has never chosen has none, and gets the defaults."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="preferences"
    )
    time_zone = models.CharField(max_length=64, default="UTC")
    theme = models.CharField(max_length=10, choices=Theme, default=Theme.SYSTEM)
    density = models.CharField(max_length=12, choices=Density, default=Density.COMFORTABLE)
    single_keys = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "preferences"

    def __str__(self) -> str:
        return f"preferences of {self.user_id}"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone; UTC when this machine no longer knows the one that was chosen."""
        try:
            return ZoneInfo(self.time_zone)
        except (KeyError, ValueError):
            return ZoneInfo("UTC")


def preferences_of(person: Any) -> Preferences:
    """The person's preferences, or the defaults."""
    return getattr(person, "preferences", None) or Preferences()

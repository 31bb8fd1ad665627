"""Webhooks as others see them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from reviewapp.api.shapes import Given, Plain

Address = Annotated[str, StringConstraints(min_length=1, max_length=500), Plain]
EventName = Annotated[str, StringConstraints(max_length=60), Plain]


class WebhookShape(BaseModel):
    """An address that is told what happens in a matter."""

    id: str
    matter_id: str
    url: str
    events: list[str] = Field(description="Names of events; empty for all.")
    on: bool
    off_because: str = Field(description="by_hand, gone or failing; empty while it is on.")
    failing_since: datetime | None
    created_at: datetime


class NewWebhook(Given):
    """An address to tell of what happens from now on."""

    url: Address
    events: list[EventName] = Field(default_factory=list, max_length=100)


class WebhookChange(Given):
    """Whether anything is sent, and of which events, all where none is named; what is left out stays.

    What happens while it is off is sent when it is on again.
    """

    on: bool | None = None
    events: list[EventName] | None = Field(default=None, max_length=100)


class WebhookSecret(BaseModel):
    """What signs the messages (Standard Webhooks)."""

    webhook: WebhookShape
    secret: str
    previous_until: datetime | None = Field(description="Until then the secret before signs as well.")


class DeliveryShape(BaseModel):
    """A message to a webhook, and what became of it."""

    id: str
    webhook_id: str
    sequence: int | None = Field(description="The event's number; null for a test.")
    type: str
    status: Literal["waiting", "delivered", "dead"]
    attempts: int
    next_at: datetime | None
    answered: int | None = Field(description="The status that the receiver gave.")
    error: str
    created_at: datetime
    ended_at: datetime | None

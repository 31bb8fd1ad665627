"""The resources of version 1, a module each."""

from reviewapp.api.resources import (
    batches,
    documents,
    events,
    matters,
    operations,
    pages,
    questions,
    states,
    uploads,
)

ALL = (
    matters.resource,
    batches.resource,
    uploads.resource,
    documents.resource,
    pages.resource,
    states.resource,
    questions.resource,
    operations.resource,
    events.resource,
)

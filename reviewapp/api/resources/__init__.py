"""The resources of version 1, a module each."""

from reviewapp.api.resources import (
    batches,
    briefs,
    cells,
    coding,
    documents,
    events,
    exports,
    grids,
    matters,
    operations,
    pages,
    people,
    questions,
    reviews,
    sets,
    states,
    uploads,
    versions,
    webhooks,
)

# NB: addresses with one path have to be of one resource, which then has several modules.
ALL = dict.fromkeys(
    (
        matters.resource,
        people.resource,
        batches.resource,
        uploads.resource,
        documents.resource,
        versions.resource,
        pages.resource,
        briefs.resource,
        states.resource,
        questions.resource,
        sets.resource,
        grids.resource,
        cells.resource,
        reviews.resource,
        coding.resource,
        exports.resource,
        operations.resource,
        events.resource,
        webhooks.resource,
    )
)

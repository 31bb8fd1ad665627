"""Briefs of documents as others see them."""

from reviewapp.api.shapes import BriefField, BriefShape, PlacedQuote
from reviewapp.briefs.models import Brief, Field
from reviewapp.documents.models import Document


def brief_of(document: Document) -> BriefShape | None:
    """The brief of a document that the caller may read; None where none was made yet."""
    brief: Brief | None = getattr(document, "brief", None)
    if brief is None:
        return None
    fields = list(brief.fields.all())
    return BriefShape(
        document_id=str(document.pk),
        version=brief.version,
        title=brief.title,
        parties=[field.value for field in fields if field.type == "party"],
        date=brief.date,
        law=brief.law,
        expiry=brief.expiry,
        fields=[_field(field) for field in fields],
        created_at=brief.created_at,
    )


def _field(field: Field) -> BriefField:
    return BriefField(
        id=str(field.pk),
        type=field.type,
        value=field.value,
        written=field.written,
        called=[str(name) for name in field.called],
        quotes=[
            PlacedQuote(
                text=quote["quote"],
                start=quote["start"],
                end=quote["end"],
                page=quote["page"],
                last_page=quote["last_page"],
                marked=[(start, end) for start, end in quote["marked"]],
            )
            for quote in field.quotes
        ],
        confidence=field.confidence,
        rule=field.rule,
    )

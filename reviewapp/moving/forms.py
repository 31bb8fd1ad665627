"""What JSON in the rows of an archive has to look like: pages and programs read it without asking again."""

from typing import Annotated, Any, Literal

from django.db import models
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from reviewapp.briefs.models import Held
from reviewapp.questions.models import Answer, Citation

_STRICT = ConfigDict(extra="forbid", strict=True)


class _Part(BaseModel):
    model_config = _STRICT

    state: Literal["supported", "check", "not_found", "not_examined", "failed"]
    text: str
    condition: str


class _Other(BaseModel):
    model_config = _STRICT

    text: str
    found_by: str = ""
    probability: float = 0


_OTHERS = TypeAdapter(list[_Other])
_RANGES = TypeAdapter(
    list[Annotated[list[Annotated[int, Field(strict=True)]], Field(min_length=2, max_length=2)]]
)
_FORMS: dict[tuple[type[models.Model], str], TypeAdapter[Any]] = {
    (Answer, "parts"): TypeAdapter(list[_Part]),
    (Answer, "others"): _OTHERS,
    (Held, "others"): _OTHERS,
    (Citation, "marked"): _RANGES,
    (Citation, "left_out"): _RANGES,
}


def has_its_form(field: "models.JSONField[Any, Any]", value: Any) -> bool:
    """Whether this can be what such a field holds; without a form, whether it is a list or object as by default."""
    form = _FORMS.get((field.model, field.name))
    if form is not None:
        try:
            form.validate_python(value)
        except ValidationError:
            return False
        return True
    return field.default not in (list, dict) or isinstance(value, field.default)

"""What pages of other rooms say of briefs."""

from django import template

from reviewapp.briefs.selectors import number_failed
from reviewapp.matters.models import Matter

register = template.Library()


@register.simple_tag
def failed_briefs(matter: Matter) -> int:
    """How many briefs of the matter could not be made."""
    return number_failed(matter)

"""Tags about the company's sign-in."""

from django import template
from django.conf import settings

from reviewapp.directory.sso import ways_in

register = template.Library()


@register.simple_tag
def company_ways_in() -> list[tuple[str, str]]:
    """The company's sign-in, if there is any: the kind of each, and what it is called."""
    ways = ways_in()
    names = {"oidc": "OpenID Connect", "saml": "SAML"}
    return [(kind, settings.SSO_NAME + (f" ({names[kind]})" if len(ways) > 1 else "")) for kind in ways]

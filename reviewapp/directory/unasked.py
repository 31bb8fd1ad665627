"""Answers of a SAML provider that nobody here asked for: each counts once, and leads to a page of ours alone.

An answer to a request of ours names that request, which is forgotten once it is answered. One that was not asked for
names none, so that what was seen is remembered instead (SAML 2.0 profiles, section 4.1.4.5).
"""

import base64

from allauth.socialaccount.providers.saml.views import acs, finish_acs
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from lxml.etree import LxmlError
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML

_REMEMBERED_SECONDS = 7 * 24 * 3600
_ASSERTION = "{urn:oasis:names:tc:SAML:2.0:assertion}Assertion"


@csrf_exempt
def answered_saml(request: HttpRequest, organization_slug: str) -> HttpResponseBase:
    """Take an answer in as the library does; one that was not asked for only where settings want such, and once."""
    posted = request.POST.get("SAMLResponse", "") if settings.SAML_IDP_STARTED else ""
    if (unasked := _unasked(posted)) is not None:
        # NB: the ids are signed, as each assertion has to be: nobody makes a copy that has another one.
        fresh = [cache.add(f"saml-assertion:{key}", 1, _REMEMBERED_SECONDS) for key in unasked]
        if not all(fresh):
            return render(request, "directory/refused.html", {"why": "answered"}, status=403)
        _keep_here(request)
    answered: HttpResponseBase = acs(request, organization_slug=organization_slug)
    return answered


def finished_saml(request: HttpRequest, organization_slug: str) -> HttpResponseBase:
    """Finish as the library does; an answer to what this browser did not ask, or that it gave before, is told so."""
    try:
        finished: HttpResponseBase = finish_acs(request, organization_slug=organization_slug)
    except PermissionDenied:
        return render(request, "directory/refused.html", {"why": "answered"}, status=403)
    return finished


def _unasked(response: str) -> list[str] | None:
    """The ids of the assertions of an answer that names no request; None for another, and for what is none."""
    try:
        found = OneLogin_Saml2_XML.to_etree(base64.b64decode(response))
    except (ValueError, LxmlError):
        return None
    if found.get("InResponseTo"):
        return None
    return [str(one.get("ID")) for one in found.iter(_ASSERTION)]


def _keep_here(request: HttpRequest) -> None:
    """Forget where the provider wants to lead on to, unless it is a page of this installation."""
    given = request.POST.copy()
    if not url_has_allowed_host_and_scheme(
        given.get("RelayState", ""), {request.get_host()}, request.is_secure()
    ):
        given.pop("RelayState", None)
    request.POST = given  # type: ignore[assignment]

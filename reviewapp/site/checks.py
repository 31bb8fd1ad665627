"""Configurations in which Nightbrief refuses to start."""

import re
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, register

#: As much as records have room for.
MEMORY_NAME = re.compile(r"[a-z][a-zA-Z0-9@._-]{0,39}")


@register()
def check_public_hosts(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[Error]:
    """Names other than this machine's need a given secret key, no debug pages and a closed host list."""
    public = [host for host in settings.ALLOWED_HOSTS if host not in settings.LOCAL_HOSTS]
    errors: list[Error] = []
    if not public:
        return errors
    if not settings.SECRET_KEY_GIVEN:
        errors.append(
            Error(
                "NIGHTBRIEF_ALLOWED_HOSTS names public hosts but NIGHTBRIEF_SECRET_KEY is not set.",
                hint="Set it to 50 or more random characters, the same for every process.",
                id="nightbrief.E001",
            )
        )
    elif len(settings.SECRET_KEY) < 50:
        errors.append(Error("NIGHTBRIEF_SECRET_KEY is shorter than 50 characters.", id="nightbrief.E002"))
    if settings.DEBUG:
        errors.append(
            Error("NIGHTBRIEF_DEBUG must be off when public hosts are served.", id="nightbrief.E003")
        )
    if "*" in public:
        errors.append(
            Error("NIGHTBRIEF_ALLOWED_HOSTS must list the host names; * is refused.", id="nightbrief.E004")
        )
    return errors


@register()
def check_job_times(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[Error]:
    """A working job must have time for several heartbeats before it counts as stopped."""
    if settings.JOB_STALE_SECONDS >= 3 * settings.JOB_HEARTBEAT_SECONDS:
        return []
    return [
        Error(
            "NIGHTBRIEF_STALE_SECONDS must be at least three times NIGHTBRIEF_HEARTBEAT_SECONDS.",
            id="nightbrief.E005",
        )
    ]


@register()
def check_memories(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[Error]:
    """Records and queues know a memory by its name, which must not be the place of its checkpoint."""
    wrong = [name for name in settings.MEMORIES if not MEMORY_NAME.fullmatch(name)]
    return [
        Error(
            f"NIGHTBRIEF_MEMORY or NIGHTBRIEF_MEMORIES names {name!r}, which cannot be the name of a memory.",
            hint="Say embedded, or hybrid:<folder>, or hybrid@<name>:<folder>; at most 40 letters, digits and -._@",
            id="nightbrief.E012",
        )
        for name in wrong
    ]


@register()
def check_report_template(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[Error]:
    """A firm's own template of reports must have the styles that reports are set in."""
    if not settings.REPORT_TEMPLATE:
        return []
    # NB: every command starts with the checks; most need no Word files.
    from reviewapp.exports.template import TemplateError, open_template

    try:
        open_template()
    except TemplateError as error:
        return [Error(str(error), id="nightbrief.E006")]
    return []


@register()
def check_company_sign_in(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[Error]:
    """What the company says of people must come over TLS, and be signed by a key that is known."""
    errors: list[Error] = []
    server = urlsplit(settings.OIDC_SERVER)
    if settings.OIDC_SERVER:
        local = server.scheme == "http" and server.hostname in {"localhost", "127.0.0.1", "::1"}
        if server.scheme != "https" and not local:
            errors.append(Error("NIGHTBRIEF_OIDC_SERVER must be an https address.", id="nightbrief.E007"))
        if not settings.OIDC_CLIENT_ID:
            errors.append(
                Error("NIGHTBRIEF_OIDC_SERVER needs NIGHTBRIEF_OIDC_CLIENT_ID.", id="nightbrief.E008")
            )
    if settings.SAML_ENTITY_ID and not (settings.SAML_URL and Path(settings.SAML_CERTIFICATE).is_file()):
        said = "NIGHTBRIEF_SAML_ENTITY_ID needs NIGHTBRIEF_SAML_URL, and NIGHTBRIEF_SAML_CERTIFICATE as a PEM file."
        errors.append(Error(said, id="nightbrief.E009"))
    return errors


@register()
def check_clio(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[Error]:
    """What is asked of Clio must go over TLS, if it leaves this machine, and as an application that it knows."""
    if not settings.CLIO_CLIENT_ID:
        return []
    errors: list[Error] = []
    address = urlsplit(settings.CLIO_ADDRESS)
    if address.scheme != "https" and not (address.scheme == "http" and _is_this_machine(address.hostname)):
        errors.append(Error("NIGHTBRIEF_CLIO_ADDRESS must be an https address.", id="nightbrief.E010"))
    if not settings.CLIO_CLIENT_SECRET:
        said = "NIGHTBRIEF_CLIO_CLIENT_ID needs NIGHTBRIEF_CLIO_CLIENT_SECRET."
        errors.append(Error(said, id="nightbrief.E011"))
    return errors


def _is_this_machine(host: str | None) -> bool:
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False

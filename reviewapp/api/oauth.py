"""Where programs get tokens (OAuth 2.1), where people consent, and the documents that tell how to sign in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from authlib.integrations.django_oauth2 import AuthorizationServer
from authlib.integrations.django_oauth2.requests import DjangoOAuth2Payload
from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import InvalidRequestError, OAuth2Request
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reviewapp.api import limits
from reviewapp.api.actions import SECONDS_OF_SHORT_TOKENS, make_short_token, new_secret
from reviewapp.api.consents import exchange, new_refresh_secret, rotate
from reviewapp.api.forms import ConsentForm
from reviewapp.api.models import Token
from reviewapp.api.oauth_grants import (
    PUBLIC,
    WITH_SECRET,
    ByCode,
    Credentials,
    OnlyS256,
    PublicClient,
    Refreshing,
    Revoking,
    TokenClient,
)
from reviewapp.api.policy import application_of_client, may_consent, token_of_client
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.actor import Scope
from reviewapp.frame.middleware import form_action_to
from reviewapp.frame.words_access import SCOPES as WORDS
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import NotAvailable, visible_matters

SCOPES = [str(scope) for scope in Scope]
GRANTS = (Credentials, ByCode, Refreshing)


class _Request(OAuth2Request):  # type: ignore[misc]
    """A request as the library reads it. Whether it comes over TLS is for the operator to say (NIGHTBRIEF_HTTPS)."""

    def __init__(self, request: HttpRequest, matters: list[Matter] | None = None) -> None:
        uri = request.build_absolute_uri().replace("http://", "https://", 1)
        super().__init__(method=request.method, uri=uri, headers=request.headers)
        self.payload = DjangoOAuth2Payload(request)
        self._form, self._args = request.POST, request.GET
        self.chosen_matters = matters

    @property
    def form(self) -> QueryDict:
        return self._form

    @property
    def args(self) -> QueryDict:
        return self._args


class _Server(AuthorizationServer):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__(None, None)
        self.load_config(
            {
                "scopes_supported": SCOPES,
                "access_token_generator": lambda *given, **named: new_secret(),
                "refresh_token_generator": lambda *given, **named: new_refresh_secret(),
                "token_expires_in": {grant.GRANT_TYPE: SECONDS_OF_SHORT_TOKENS for grant in GRANTS},
            }
        )
        self.register_grant(Credentials)
        self.register_grant(ByCode, [OnlyS256(required=True)])
        self.register_grant(Refreshing)
        self.register_endpoint(Revoking)

    def query_client(self, client_id: str) -> TokenClient | PublicClient | None:
        if token := token_of_client(client_id):
            return TokenClient(token)
        application = application_of_client(client_id)
        return PublicClient(application) if application else None

    def save_token(self, token: dict[str, Any], request: OAuth2Request) -> Token:
        scopes = (token.get("scope") or "read").split()
        if isinstance(request.client, TokenClient):
            return make_short_token(request.client.token, token["access_token"], scopes)
        if request.payload.grant_type == ByCode.GRANT_TYPE:
            return exchange(request.authorization_code.code, token["access_token"], token["refresh_token"])
        return rotate(request.refresh_token.token, token["access_token"], token["refresh_token"], scopes)

    def create_oauth2_request(self, request: HttpRequest | _Request) -> _Request:
        return request if isinstance(request, _Request) else _Request(request)


_SERVER = _Server()
View = Callable[[HttpRequest], HttpResponse]


def _counted(view: View) -> View:
    """The view, for so many requests a minute from one address: who asks it is not known before it answers."""

    @wraps(view)
    def guard(request: HttpRequest) -> HttpResponse:
        standing = limits.take(f"oauth:{limits.address_of(request)}")
        if standing.remaining < 0:
            message = f"More than {standing.limit} requests in a minute; go on in {standing.seconds} s."
            told = {"error": "too_many_requests", "error_description": message}
            response: HttpResponse = JsonResponse(told, status=429)
            response.headers["Retry-After"] = str(standing.seconds)
        else:
            response = view(request)
        standing.note_on(response)
        return response

    return guard


@csrf_exempt
@require_POST
@_counted
def token(request: HttpRequest) -> HttpResponse:
    """Give a program a token of an hour (RFC 6749, sections 4.1.3, 4.4 and 6)."""
    # NB: what a copied code or secret ends stays ended: the library answers, and does not raise.
    with transaction.atomic():
        response: HttpResponse = _SERVER.create_token_response(request)
    return response


@csrf_exempt
@require_POST
@_counted
def revoke(request: HttpRequest) -> HttpResponse:
    """End a token at its program's wish (RFC 7009)."""
    response: HttpResponse = _SERVER.create_endpoint_response(Revoking.ENDPOINT_NAME, request)
    return response


@require_http_methods(["GET", "POST"])
@signed_in
def authorize(request: SignedInRequest) -> HttpResponse:
    """Ask the person whether an application may act for them, and where (RFC 6749, section 4.1.1)."""
    if not may_consent(request.actor):
        raise NotAvailable
    try:
        if not _is_plain(request):
            raise InvalidRequestError("The request holds characters that OAuth's parameters cannot have.")
        grant = _SERVER.get_consent_grant(request, end_user=request.user)
    except OAuth2Error as error:
        return _refused(request, error)
    form = ConsentForm(visible_matters(request.actor), request.POST or None)
    allowed = request.POST.get("do") == "allow"
    if request.method == "POST" and (not allowed or form.is_valid()):
        asked = _Request(request, form.chosen_matters if allowed else None)
        # NB: the grant reads from the request it was made for.
        grant.request = asked
        return _answered(
            request, _SERVER.create_authorization_response(asked, request.user if allowed else None, grant)
        )
    scopes = grant.request.scope.split() or [Scope.READ]
    context = {
        "application": grant.request.client.application,
        "scopes": [WORDS[scope] for scope in dict.fromkeys([Scope.READ, *scopes])],
        "form": form,
        "where": form["where"].value(),
        "bound": [str(key) for key in form["matters"].value() or []],
        "matters": visible_matters(request.actor).order_by("name")[:200],
        "back": grant.request.payload.redirect_uri,
    }
    response = render(request, "api/consent.html", context, status=422 if form.errors else 200)
    form_action_to(response, grant.request.payload.redirect_uri)
    return response


def _is_plain(request: HttpRequest) -> bool:
    """Whether all that was sent are printable characters of ASCII, as in all of OAuth (RFC 6749, appendix A)."""
    sent = [value for given in (request.GET, request.POST) for name in given for value in given.getlist(name)]
    return all(value.isascii() and value.isprintable() for value in sent)


def _answered(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """With who answers (RFC 9207), so that a program that asks several servers takes none for another."""
    if "Location" in response.headers:
        issuer = QueryDict(mutable=True)
        issuer["iss"] = issuer_of(request)
        joined = "&" if "?" in response.headers["Location"] else "?"
        response.headers["Location"] += joined + issuer.urlencode()
    return response


def _refused(request: HttpRequest, error: OAuth2Error) -> HttpResponse:
    """Back to the application where that is known and may be answered there; else a page, and nowhere."""
    if getattr(error, "redirect_uri", None):
        return _answered(request, _SERVER.handle_error_response(_Request(request), error))
    return render(request, "api/consent_unfit.html", {"said": error.description}, status=400)


def issuer_of(request: HttpRequest) -> str:
    """This server's own name in OAuth."""
    return request.build_absolute_uri("/").rstrip("/")


@require_GET
def authorization_server(request: HttpRequest) -> HttpResponse:
    """How to get a token (RFC 8414)."""
    return JsonResponse(
        {
            "issuer": issuer_of(request),
            "authorization_endpoint": request.build_absolute_uri("/oauth/authorize"),
            "token_endpoint": request.build_absolute_uri("/oauth/token"),
            "revocation_endpoint": request.build_absolute_uri("/oauth/revoke"),
            "grant_types_supported": [grant.GRANT_TYPE for grant in GRANTS],
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "code_challenge_methods_supported": OnlyS256.SUPPORTED_CODE_CHALLENGE_METHOD,
            "token_endpoint_auth_methods_supported": [*WITH_SECRET, *PUBLIC],
            "revocation_endpoint_auth_methods_supported": [*WITH_SECRET, *PUBLIC],
            "authorization_response_iss_parameter_supported": True,
            "scopes_supported": SCOPES,
            "service_documentation": request.build_absolute_uri("/v1/docs"),
        }
    )


@require_GET
def protected_resource(request: HttpRequest, resource: str = "") -> HttpResponse:
    """Who gives tokens for a resource of this site, or for all of them (RFC 9728): a client compares its name."""
    return JsonResponse(
        {
            "resource": request.build_absolute_uri(f"/{resource}") if resource else issuer_of(request),
            "authorization_servers": [issuer_of(request)],
            "bearer_methods_supported": ["header"],
            "scopes_supported": SCOPES,
            "resource_documentation": request.build_absolute_uri("/v1/docs"),
        }
    )

"""OAuth 2.1 for programs without a person (client credentials), and the documents that tell how to sign in.

The client is a token that a person made: its id is the client's id, its secret the client's secret. What it gets
is a token of an hour within the first one's scopes and matters, that ends when that one does.
"""

import hashlib
import hmac
from typing import Any

from authlib.integrations.django_oauth2 import AuthorizationServer
from authlib.integrations.django_oauth2.requests import DjangoOAuth2Payload
from authlib.oauth2.rfc6749 import ClientMixin, OAuth2Request
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from reviewapp.api.actions import SECONDS_OF_SHORT_TOKENS, make_short_token, new_secret
from reviewapp.api.models import Token
from reviewapp.api.policy import token_of_client
from reviewapp.frame.actor import Scope

SCOPES = [str(scope) for scope in Scope]
METHODS = ["client_secret_basic", "client_secret_post"]


class Application(ClientMixin):  # type: ignore[misc]
    """A person's token as a client of OAuth."""

    def __init__(self, token: Token) -> None:
        self.token = token

    def get_client_id(self) -> str:
        return str(self.token.pk)

    def get_allowed_scope(self, scope: str | None) -> str:
        asked = (scope or "").split() or self.token.scopes
        return " ".join(one for one in asked if one in self.token.scopes or one == Scope.READ)

    def check_client_secret(self, client_secret: str) -> bool:
        digest = hashlib.sha256(client_secret.encode()).hexdigest()
        return hmac.compare_digest(digest, self.token.secret_sha256)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return endpoint == "token" and method in METHODS

    def check_grant_type(self, grant_type: str) -> bool:
        return bool(grant_type == ClientCredentialsGrant.GRANT_TYPE)


class _Request(OAuth2Request):  # type: ignore[misc]
    """A request as the library reads it. Whether it comes over TLS is for the operator to say (NIGHTBRIEF_HTTPS)."""

    def __init__(self, request: HttpRequest) -> None:
        uri = request.build_absolute_uri().replace("http://", "https://", 1)
        super().__init__(method=request.method, uri=uri, headers=request.headers)
        self.payload = DjangoOAuth2Payload(request)
        self._form, self._args = request.POST, request.GET

    @property
    def form(self) -> QueryDict:
        return self._form

    @property
    def args(self) -> QueryDict:
        return self._args


class _Grant(ClientCredentialsGrant):  # type: ignore[misc]
    TOKEN_ENDPOINT_AUTH_METHODS = METHODS


class _Server(AuthorizationServer):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__(None, None)
        self.load_config(
            {
                "scopes_supported": SCOPES,
                "access_token_generator": lambda *given, **named: new_secret(),
                "token_expires_in": {ClientCredentialsGrant.GRANT_TYPE: SECONDS_OF_SHORT_TOKENS},
            }
        )
        self.register_grant(_Grant)

    def query_client(self, client_id: str) -> Application | None:
        token = token_of_client(client_id)
        return Application(token) if token else None

    def save_token(self, token: dict[str, Any], request: OAuth2Request) -> Token:
        return make_short_token(
            request.client.token, token["access_token"], (token.get("scope") or "read").split()
        )

    def create_oauth2_request(self, request: HttpRequest) -> _Request:
        return _Request(request)


_SERVER = _Server()


@csrf_exempt
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """Give a program a token of an hour (RFC 6749, section 4.4)."""
    response: HttpResponse = _SERVER.create_token_response(request)
    return response


@require_GET
def authorization_server(request: HttpRequest) -> HttpResponse:
    """How to get a token (RFC 8414)."""
    return JsonResponse(
        {
            "issuer": request.build_absolute_uri("/").rstrip("/"),
            "token_endpoint": request.build_absolute_uri("/oauth/token"),
            "grant_types_supported": [ClientCredentialsGrant.GRANT_TYPE],
            "response_types_supported": [],
            "token_endpoint_auth_methods_supported": METHODS,
            "scopes_supported": SCOPES,
            "service_documentation": request.build_absolute_uri("/v1/docs"),
        }
    )


@require_GET
def protected_resource(request: HttpRequest) -> HttpResponse:
    """Who gives tokens for version 1 (RFC 9728)."""
    return JsonResponse(
        {
            "resource": request.build_absolute_uri("/v1"),
            "authorization_servers": [request.build_absolute_uri("/").rstrip("/")],
            "bearer_methods_supported": ["header"],
            "scopes_supported": SCOPES,
            "resource_documentation": request.build_absolute_uri("/v1/docs"),
        }
    )

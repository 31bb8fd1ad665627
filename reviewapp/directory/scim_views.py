"""SCIM 2.0 (RFC 7644): the company's directory hands accounts and groups over."""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from pydantic import ValidationError
from scim2_models import Context, Error, Group, PatchOp, Resource, SCIMException, SearchRequest, User

from reviewapp.directory import actions, scim
from reviewapp.directory.actions import directory_actor
from reviewapp.directory.models import Account, ScimToken
from reviewapp.directory.models import Group as KnownGroup
from reviewapp.directory.policy import (
    handed_over_account_by_id,
    handed_over_accounts,
    handed_over_group_by_id,
    handed_over_groups,
    scim_token_of_secret,
)
from reviewapp.frame.actor import Actor
from reviewapp.frame.bearer import hash_of, secret_of
from reviewapp.frame.errors import ActionError

MEDIA_TYPE = "application/scim+json"
MOST_BYTES = 1 << 20
USED_EVERY = timedelta(minutes=1)


class Asked:
    """A request of the directory: by which token, as whom, of what address."""

    def __init__(self, request: HttpRequest, token: ScimToken) -> None:
        self.request, self.token = request, token
        self.actor: Actor = directory_actor(token.name)
        self.base = request.build_absolute_uri("/scim/v2")

    def body(self) -> dict[str, Any]:
        """The JSON that was sent. Raises Refusal for anything else."""
        if len(self.request.body) > MOST_BYTES:
            raise Refusal(413, "The body is longer than a MiB.")
        try:
            said = json.loads(self.request.body)
            is_fit = scim.can_be_kept(said)
        except (ValueError, RecursionError):
            raise Refusal(400, "The body is no JSON.", "invalidSyntax") from None
        if not is_fit:
            raise Refusal(400, "A text of the body holds a character that cannot be kept.", "invalidValue")
        if not isinstance(said, dict):
            raise Refusal(400, "The body is no object.", "invalidSyntax")
        return said


class Refusal(Exception):  # noqa: N818  what it is, not an error to mend
    """Something that SCIM answers with a status, a sentence and perhaps a keyword (RFC 7644, section 3.12)."""

    def __init__(self, status: int, detail: str, keyword: str | None = None) -> None:
        super().__init__(detail)
        self.said = Error(status=status, detail=detail, scim_type=keyword)


View = Callable[..., HttpResponse]


def handed_over(*methods: str) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """The view for the directory, whose token is checked first, with all refusals as SCIM says them."""

    def guard(view: View) -> Callable[..., HttpResponseBase]:
        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, **path: str) -> HttpResponse:
            try:
                asked = _let_in(request)
                if request.method not in methods:
                    raise Refusal(405, f"This address takes {', '.join(methods)} only.")
                with scim.POLICY, transaction.atomic():
                    return view(asked, **path)
            except Refusal as error:
                return _refused(error.said)
            except SCIMException as error:
                return _refused(error.to_error())
            except ValidationError as error:
                return _refused(Error.from_validation_errors(error)[0])
            except ActionError as error:
                keyword = (
                    "uniqueness" if error.status == 409 else None if error.status == 404 else "invalidValue"
                )
                status = error.status if error.status in {404, 409} else 400
                return _refused(Error(status=status, detail=error.message, scim_type=keyword))

        return guarded

    return guard


def _let_in(request: HttpRequest) -> Asked:
    secret = secret_of(request)
    token = scim_token_of_secret(hash_of(secret)) if secret else None
    if token is None:
        raise Refusal(401, "Send a token of the directory in the header: Authorization: Bearer nbs_...")
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - USED_EVERY:
        token.last_used_at = now
        token.save(update_fields=["last_used_at"])
    return Asked(request, token)


def _refused(error: Error) -> HttpResponse:
    response = _answer(error, status=error.status or 400, context=Context.DEFAULT)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _answer(
    said: Any,
    only: SearchRequest[Any] | None = None,
    status: int = 200,
    context: Context = Context.RESOURCE_QUERY_RESPONSE,
) -> HttpResponse:
    """What is said, as JSON; `only` the attributes that were asked for."""
    body = said.model_dump_json(scim_ctx=context, response_parameters=only)
    response = HttpResponse(body, status=status, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    if status == 201:
        response.headers["Location"] = said.meta.location
    return response


def _search(asked: Asked, kind: type[Resource[Any]]) -> SearchRequest[Any]:
    names = ("filter", "startIndex", "count", "attributes", "excludedAttributes")
    sent: dict[str, Any] = {name: asked.request.GET[name] for name in names if name in asked.request.GET}
    for name in ("attributes", "excludedAttributes"):
        if name in sent:
            sent[name] = sent[name].split(",")
    return SearchRequest[kind].model_validate(sent)


def _list(asked: Asked, kind: type[Resource[Any]], found: Any, shape: Callable[..., Any]) -> HttpResponse:
    search = _search(asked, kind)
    begin = min((search.start_index or 1) - 1, scim.LAST_PLACE)
    count = scim.MOST_RESULTS if search.count is None else min(search.count, scim.MOST_RESULTS)
    narrowed = scim.narrowed(found, search, kind)
    if narrowed is not None:
        total, part = narrowed.count(), narrowed[begin : begin + count]
        shown = [shape(one, asked.base) for one in part]
    else:
        matching = [one for one in (shape(each, asked.base) for each in found) if search.filter.match(one)]
        total, shown = len(matching), matching[begin : begin + count]
    return _answer(scim.page(kind, shown, search, total), search)


@handed_over("GET", "POST")
def users(asked: Asked) -> HttpResponse:
    """The directory's accounts, and making one."""
    if asked.request.method == "GET":
        return _list(asked, User, handed_over_accounts(asked.token), scim.user_of)
    said = User.model_validate(asked.body(), scim_ctx=Context.RESOURCE_CREATION_REQUEST)
    account = actions.take_in(scim.person_of(said), actor=asked.actor)
    return _answer(_shown(asked, account), status=201, context=Context.RESOURCE_CREATION_RESPONSE)


@handed_over("GET", "PUT", "PATCH", "DELETE")
def user(asked: Asked, key: str) -> HttpResponse:
    """One account: reading, replacing, patching, closing it."""
    account = handed_over_account_by_id(asked.token, key)
    if asked.request.method == "GET":
        return _answer(_shown(asked, account), _search(asked, User))
    if asked.request.method == "DELETE":
        actions.let_go(account, actor=asked.actor)
        return HttpResponse(status=204)
    said = _wanted(asked, User, _shown(asked, account))
    return _answer(_shown(asked, actions.change(account, scim.person_of(said), actor=asked.actor)))


@handed_over("GET", "POST")
def groups(asked: Asked) -> HttpResponse:
    """The directory's groups, and handing one over."""
    if asked.request.method == "GET":
        return _list(asked, Group, handed_over_groups(asked.token), scim.group_of)
    said = Group.model_validate(asked.body(), scim_ctx=Context.RESOURCE_CREATION_REQUEST)
    return _answer(_saved(asked, None, said), status=201, context=Context.RESOURCE_CREATION_RESPONSE)


@handed_over("GET", "PUT", "PATCH", "DELETE")
def group(asked: Asked, key: str) -> HttpResponse:
    """One group: reading, replacing, patching, removing it."""
    if asked.request.method == "GET":
        known = handed_over_group_by_id(asked.token, key)
        return _answer(scim.group_of(known, asked.base), _search(asked, Group))
    # NB: a patch is made to the members as they are; directories send one for each member, side by side.
    known = handed_over_group_by_id(asked.token, key, held=True)
    if asked.request.method == "DELETE":
        actions.remove_group(known, actor=asked.actor)
        return HttpResponse(status=204)
    return _answer(_saved(asked, known, _wanted(asked, Group, scim.group_of(known, asked.base))))


@handed_over("POST")
def bulk(asked: Asked) -> HttpResponse:
    """Many changes in one request are not taken, as the configuration of this service says (RFC 7644, 3.7)."""
    raise Refusal(501, "Bulk operations are not supported here. Send each change by itself.")


@handed_over("GET")
def about(asked: Asked, what: str, key: str = "") -> HttpResponse:
    """What of SCIM this installation does."""
    found = scim.about(what, asked.request)
    if isinstance(found, list):
        if key:
            found = next((one for one in found if key in {one.id, getattr(one, "name", None)}), None)
        else:
            return _answer(scim.page(type(found[0]), found, SearchRequest(), len(found)))
    elif key:
        found = None
    if found is None:
        raise Refusal(404, "There is nothing at this address.")
    return _answer(found)


def _shown(asked: Asked, account: Account) -> User:
    return scim.user_of(handed_over_account_by_id(asked.token, account.pk), asked.base)


def _wanted(asked: Asked, kind: type[Any], now: Any) -> Any:
    """The resource as it is to be: replaced (PUT) or patched."""
    body = asked.body()
    if asked.request.method == "PUT":
        return kind.model_validate(body, scim_ctx=Context.RESOURCE_REPLACEMENT_REQUEST)
    patch = PatchOp[kind].model_validate(body, scim_ctx=Context.RESOURCE_PATCH_REQUEST)
    patch.patch(now)
    return now


def _saved(asked: Asked, known: KnownGroup | None, said: Group) -> Group:
    ids = scim.member_ids(said)
    members = [handed_over_account_by_id(asked.token, key) for key in dict.fromkeys(ids)]
    saved = actions.save_group(
        known, said.display_name or "", members, external_id=said.external_id or "", actor=asked.actor
    )
    return scim.group_of(handed_over_group_by_id(asked.token, saved.pk), asked.base)

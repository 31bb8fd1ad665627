"""The page of access tokens: made, shown once, revoked."""

import re

from django.test import Client
from django.urls import reverse

from reviewapp.api.models import Token
from tests.pages.conftest import Enter
from tests.pages.world import World


def test_a_token_is_shown_once_and_works_until_it_is_revoked(empty: World, enter: Enter) -> None:
    assert Client().get(reverse("tokens")).status_code == 302
    rhea = enter(empty.reviewer)
    assert rhea.post(reverse("tokens"), {"name": "", "where": "some"}).status_code == 422
    sent = {
        "name": "Archive",
        "scopes": ["read"],
        "where": "some",
        "matters": [str(empty.matter.pk)],
        "days": "30",
    }
    made = rhea.post(reverse("tokens"), sent)
    secret = re.findall(r'value="(nb_[\w-]+)"', made.content.decode())[0]
    shown = rhea.get(reverse("tokens")).content.decode()
    assert secret not in shown and secret[:11] in shown and empty.matter.name in shown
    headers = {"Authorization": f"Bearer {secret}"}
    assert Client().get("/v1/me", headers=headers).json()["client"] == "Archive"
    token = Token.objects.get()
    assert enter(empty.admin).post(reverse("revoke_token", args=[token.pk])).status_code == 404
    assert rhea.post(reverse("revoke_token", args=[token.pk])).status_code == 302
    assert Client().get("/v1/me", headers=headers).status_code == 401


def test_a_token_of_somebody_elses_matter_is_not_made(empty: World, enter: Enter) -> None:
    sent = {"name": "Archive", "scopes": ["read"], "where": "some", "matters": [str(empty.matter.pk)]}
    assert enter(empty.outsider).post(reverse("tokens"), sent).status_code == 422
    assert not Token.objects.exists()

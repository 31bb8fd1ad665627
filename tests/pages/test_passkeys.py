"""Signing in by a passkey, with the browser's virtual authenticator."""

from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Browser

from reviewapp.events.models import Event
from tests.pages.browsing import visit

PASSWORD = "a long enough password"


def test_a_passkey_signs_in_without_the_password(browser: Browser, address: str) -> None:
    rhea = User.objects.create_user("rhea", password=PASSWORD)
    visitor = visit(browser, address.replace("127.0.0.1", "localhost"), rhea)
    page = visitor.page
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    visitor.go(reverse("mfa_add_webauthn"))
    page.fill("#id_password", PASSWORD)
    page.click("text=Go on")
    page.fill("#id_name", "My laptop")
    page.click("text=Add it")
    page.wait_for_url("**/recovery-codes/")
    assert "My laptop" in visitor.go(reverse("mfa_index")).content()
    page.click("text=Sign out")
    page.wait_for_url("**/sign-in/**")
    page.click("text=Sign in with a passkey")
    page.wait_for_url(visitor.address + "/")
    page.click("text=Sign out")
    page.fill("#id_username", "rhea")
    page.fill("#id_password", PASSWORD)
    page.click("main button:text-is('Sign in')")
    page.click("text=Use a passkey or a security key")
    page.wait_for_url(visitor.address + "/")
    assert visitor.complaints == []
    assert Event.objects.filter(object_id=str(rhea.pk), action="user.signed_in").count() == 2

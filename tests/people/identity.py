"""The company's sign-in as a test server: OpenID Connect with real tokens, SAML answers that are signed."""

import base64
import hashlib
import json
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from joserfc import jwt
from joserfc.jwk import RSAKey
from onelogin.saml2.utils import OneLogin_Saml2_Utils

CLIENT_ID, CLIENT_SECRET = "nightbrief", "a secret between the two"


class Company(ThreadingHTTPServer):
    """An OpenID provider. Whoever comes to its page is `person`, which a test changes."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.key = RSAKey.generate_key(2048, parameters={"kid": "k1", "use": "sig", "alg": "RS256"})
        self.person: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, dict[str, Any]] = {}
        self.issuer = f"http://127.0.0.1:{self.server_address[1]}"
        self.audience = CLIENT_ID

    def id_token(self) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": self.audience, "sub": self.person["sub"], "iat": now}
        return jwt.encode({"alg": "RS256", "kid": "k1"}, claims | {"exp": now + 300}, self.key)


class _Handler(BaseHTTPRequestHandler):
    server: Company

    def log_message(self, *args: Any) -> None:
        """Quiet."""

    def _say(self, said: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        where, at = urlsplit(self.path), self.server.issuer
        if where.path == "/.well-known/openid-configuration":
            names = ("authorization", "token", "userinfo")
            ends = {f"{name}_endpoint": f"{at}/{name}" for name in names}
            self._say({"issuer": at, "jwks_uri": f"{at}/keys"} | ends)
        elif where.path == "/keys":
            self._say({"keys": [self.server.key.as_dict(private=False)]})
        elif where.path == "/authorization":
            asked = {name: values[0] for name, values in parse_qs(where.query).items()}
            assert asked["client_id"] == CLIENT_ID and asked["code_challenge_method"] == "S256"
            code = uuid.uuid4().hex
            self.server.codes[code] = asked
            back = urlencode({"code": code, "state": asked["state"]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        else:
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            self._say(self.server.tokens[token])

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        form = {name: values[0] for name, values in sent.items()}
        asked = self.server.codes.pop(form["code"], None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        known = form.get("client_secret") == CLIENT_SECRET
        if asked is None or not known or proof != asked["code_challenge"]:
            self._say({"error": "invalid_grant"}, 400)
            return
        token = uuid.uuid4().hex
        self.server.tokens[token] = dict(self.server.person)
        said = {"access_token": token, "token_type": "Bearer", "expires_in": 60}
        self._say(said | {"id_token": self.server.id_token()})


@contextmanager
def company() -> Iterator[Company]:
    """The company's sign-in, on a free port of this machine."""
    server = Company()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


class SamlCompany:
    """A SAML identity provider: its certificate, and answers that it signs."""

    ENTITY = "https://company.example/saml"

    def __init__(self, folder: Path) -> None:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "company.example")])
        now = datetime.now(UTC)
        built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        built = built.serial_number(1).not_valid_before(now - timedelta(days=1))
        signed = built.not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
        self.certificate = signed.public_bytes(serialization.Encoding.PEM).decode()
        self.key = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        ).decode()
        self.file = folder / "company.pem"
        self.file.write_text(self.certificate)

    def answer(self, request_id: str, name: str, *, at: str, audience: str, groups: list[str]) -> str:
        """A signed answer to the request, as it is posted; to none where the provider starts by itself."""
        asked = f' InResponseTo="{request_id}"' if request_id else ""
        now = datetime.now(UTC)
        stamp, until = (f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in (now, now + timedelta(minutes=5)))
        values = "".join(f"<saml:AttributeValue>{group}</saml:AttributeValue>" for group in groups)
        assertion = f"""<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" Version="2.0"
 ID="a{uuid.uuid4().hex}" IssueInstant="{stamp}"><saml:Issuer>{self.ENTITY}</saml:Issuer><saml:Subject>
<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">id-of-{name}</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData
 NotOnOrAfter="{until}" Recipient="{at}"{asked}/></saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotOnOrAfter="{until}"><saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience>
</saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{stamp}"><saml:AuthnContext>
<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>
</saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="preferred_username">
<saml:AttributeValue>{name}</saml:AttributeValue></saml:Attribute><saml:Attribute Name="groups">{values}
</saml:Attribute></saml:AttributeStatement></saml:Assertion>"""
        signed = OneLogin_Saml2_Utils.add_sign(assertion, self.key, self.certificate)
        signed = signed.decode() if isinstance(signed, bytes) else signed
        whole = f"""<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" Version="2.0"
 xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="r{uuid.uuid4().hex}" IssueInstant="{stamp}"
 Destination="{at}"{asked}><saml:Issuer>{self.ENTITY}</saml:Issuer><samlp:Status>
<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{signed}</samlp:Response>"""
        return base64.b64encode(whole.encode()).decode()

"""Clio Manage on this machine: what its published API says of tokens, lists, downloads, notes and limits."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class FakeClio:
    """`documents` are {id: (name, version, bytes)} of matter 7. `limited` requests are refused with 429 first."""

    address: str = ""
    documents: dict[int, tuple[str, int, bytes]] = field(default_factory=dict)
    notes: list[dict[str, Any]] = field(default_factory=list)
    good: set[str] = field(default_factory=set)
    refreshes: bool = True
    limited: int = 0
    lost: int = 0
    asked: list[str] = field(default_factory=list)

    def token(self) -> dict[str, Any]:
        """New tokens; the older ones end."""
        self.good = {f"access-{len(self.asked)}"}
        (access,) = self.good
        return {
            "token_type": "bearer",
            "access_token": access,
            "expires_in": 2_592_000,
            "refresh_token": "refresh",
        }


@contextmanager
def running() -> Iterator[FakeClio]:
    """Clio, as long as the context is open."""
    clio = FakeClio()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            clio.asked.append(f"POST {self.path}")
            if self.path == "/oauth/token":
                given = {name: values[0] for name, values in parse_qs(body.decode()).items()}
                known = given["client_id"] == "nb" and given["client_secret"] == "secret"
                right = given.get("code") == "code" or (
                    given.get("refresh_token") == "refresh" and clio.refreshes
                )
                self.tell(200, clio.token()) if known and right else self.tell(
                    400, {"error": "invalid_grant"}
                )
            elif self.path == "/oauth/deauthorize":
                clio.good = set()
                self.tell(200, {})
            elif self.may() and self.path == "/api/v4/notes.json":
                note = json.loads(body)["data"]
                assert note["type"] == "Matter" and note["matter"] == {"id": 7}
                clio.notes.append({"id": 90 + len(clio.notes), **note})
                if clio.lost:
                    clio.lost -= 1
                    self.connection.close()
                    return
                self.tell(201, {"data": {"id": clio.notes[-1]["id"], "etag": "x"}})

        def do_GET(self) -> None:
            path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
            clio.asked.append(f"GET {path}")
            if path.startswith("/storage/"):
                assert "authorization" not in self.headers, "the token is not for where bytes are kept"
                self.send(200, clio.documents[int(path.rpartition("/")[2])][2])
            elif not self.may():
                return
            elif path == "/api/v4/documents.json":
                assert query["fields"] == ["id,name,latest_document_version{id,fully_uploaded,filename}"]
                assert query["matter_id"] == ["7"] and query["order"] == ["id(asc)"]
                self.page(sorted(clio.documents), query, self.document)
            elif path.endswith("/download.json"):
                self.send(303, b"", location=f"{clio.address}/storage/{path.split('/')[4]}")
            elif path == "/api/v4/matters.json":
                self.tell(
                    200,
                    {"data": [{"id": 7, "display_number": "00007", "description": "Harbour"}], "meta": {}},
                )
            elif path == "/api/v4/notes.json":
                self.tell(
                    200, {"data": [{"id": n["id"], "subject": n["subject"]} for n in clio.notes], "meta": {}}
                )

        def document(self, key: int) -> dict[str, Any]:
            name, version, _ = clio.documents[key]
            whole = {"id": version, "fully_uploaded": version > 0, "filename": name}
            return {"id": key, "name": name, "latest_document_version": whole}

        def page(self, keys: list[int], query: dict[str, list[str]], shape: Any) -> None:
            """Two a page, whatever was asked: the next one by a token in an address of Clio's own."""
            first = int(query.get("page_token", ["0"])[0])
            paging = {}
            if keys[first + 2 :]:
                rest = "&".join(
                    f"{name}={values[0]}" for name, values in query.items() if name != "page_token"
                )
                paging = {"next": f"{clio.address}/api/v4/documents.json?{rest}&page_token={first + 2}"}
            self.tell(200, {"data": [*map(shape, keys[first : first + 2])], "meta": {"paging": paging}})

        def may(self) -> bool:
            if clio.limited:
                clio.limited -= 1
                self.send(429, b'{"error": {"message": "Slow down"}}', retry_after="0")
                return False
            if self.headers.get("authorization", "").removeprefix("Bearer ") not in clio.good:
                self.tell(401, {"error": {"message": "Unauthorized"}})
                return False
            return True

        def tell(self, status: int, told: Any) -> None:
            self.send(status, json.dumps(told).encode())

        def send(self, status: int, body: bytes, **headers: str) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    clio.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield clio
    finally:
        server.shutdown()
        server.server_close()

"""A receiver of webhooks on this machine that behaves as it is told."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Receiver:
    """`answers` are given in turn, the last one for all that follow: a status, "hang", "drip" or "close".

    `given` holds what was answered to each that was `received`, in the same order.
    """

    port: int = 0
    answers: list[int | str] = field(default_factory=lambda: [200])
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    given: list[int | str] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks"


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver that listens as long as the context is open."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            with receiver.lock:
                receiver.received.append(({k.lower(): v for k, v in self.headers.items()}, body))
                answer = receiver.answers.pop(0) if len(receiver.answers) > 1 else receiver.answers[0]
                receiver.given.append(answer)
            if answer == "close":
                return
            if answer == "hang":
                receiver.closing.wait(30)
                return
            if answer == "drip":
                for byte in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 300:
                    if receiver.closing.is_set():
                        return
                    try:
                        self.wfile.write(bytes([byte]))
                    except ConnectionError:  # who sent it has waited long enough
                        return
                    time.sleep(0.1)
                return
            self.send_response(int(answer))
            if 300 <= int(answer) < 400:
                self.send_header("location", receiver.url + "/elsewhere")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield receiver
    finally:
        receiver.closing.set()
        server.shutdown()
        server.server_close()

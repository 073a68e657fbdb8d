"""A language model that is none: an HTTP server on this machine that answers as a test wants.

`ModelServer.answer` is a function of the request that is being served; `requests` are the bodies
that came. Whatever waits does so for an event, and ends with the server.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Answer = Callable[["Serving"], None]


class Serving(BaseHTTPRequestHandler):
    """One request. What a test answers with is written by the methods here."""

    server: "_Server"
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Keep the request, and answer as the test wants."""
        length = int(self.headers.get("Content-Length", 0))
        body = json.loads(self.rfile.read(length))
        model = self.server.model
        model.requests.append({"path": self.path, "headers": dict(self.headers), "body": body})
        self.close_connection = True
        with suppress(OSError):
            model.answer(self)
        model.served.set()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's own name
        """Say nothing."""

    def head(self, status: int = 200, kind: str = "application/json", **headers: str) -> None:
        """The head of an answer without a length: the body ends with the connection."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Connection", "close")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def body(self, body: bytes) -> None:
        """More of the body, at once."""
        self.wfile.write(body)
        self.wfile.flush()

    def said(self, text: str) -> None:
        """A whole answer that is not streamed."""
        self.head()
        found = {"choices": [{"message": {"content": text}, "finish_reason": "stop"}]}
        self.body(json.dumps(found).encode())

    def piece(self, text: str, reason: str | None = None) -> None:
        """A piece of a stream."""
        found = {"choices": [{"delta": {"content": text}, "finish_reason": reason}]}
        self.body(f"data: {json.dumps(found)}\n\n".encode())

    def stream(self, *texts: str) -> None:
        """A streamed answer."""
        self.head(kind="text/event-stream")
        for text in texts:
            self.piece(text)
        self.piece("", "stop")
        self.body(b"data: [DONE]\n\n")

    def stall(self) -> None:
        """Say nothing more until the test is over, or allows it."""
        self.server.model.stalled.set()
        self.server.model.go_on.wait(60)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    model: "ModelServer"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who asked has gone: that is what some tests are about."""


class ModelServer:
    """See the module. `stalled` is set once it stalls, `served` once a request has been served."""

    def __init__(self) -> None:
        self.answer: Answer = lambda serving: serving.said("Hello")
        self.requests: list[dict[str, Any]] = []
        self.stalled, self.go_on, self.served = Event(), Event(), Event()
        self._server = _Server(("127.0.0.1", 0), Serving)
        self._server.model = self
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The base of its address."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def says(self, text: str) -> None:
        """Answer with this from now on."""
        self.answer = lambda serving: serving.said(text)

    def streams(self, *texts: str) -> None:
        """Answer with these pieces from now on."""
        self.answer = lambda serving: serving.stream(*texts)

    @property
    def sent(self) -> str:
        """Everything that has been sent to it, as text."""
        return json.dumps(self.requests, ensure_ascii=False)

    def close(self) -> None:
        """End it, and whatever waits."""
        self.go_on.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """A server for as long as it is needed."""
    server = ModelServer()
    try:
        yield server
    finally:
        server.close()

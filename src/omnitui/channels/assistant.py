"""A request to a language model: OpenAI-compatible, streamed where the service streams.

It runs on a thread of its own with its own loop, so that giving up ends it at once, wherever it
stands. Everything that comes is foreign and bounded: bytes, lines, characters, and time. Redirects
are never followed. Whatever goes wrong is a `NoDraft` with one sentence; nothing is raised, and no
sentence has a word of what the service has sent.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from typing import Any

import httpx
from msgspec import Struct

from omnitui.model.assistant import Asked, Endpoint, NoDraft, Outcome

_UNCHANGED = "Your draft is unchanged."
_WHOLE_CALL = 5
"""How many times the longest wait a whole call may last."""
_BYTES_A_CHARACTER = 12
"""What a character may take: as `\\uXXXX` of a surrogate pair, in JSON."""
_WRAPPING = 400
"""What a piece of a stream may take beside its characters (bytes)."""
_SPARE = 65_536
_LEAST_PIECE = 2
_TELL_SECONDS = 0.05
"""How often it is told what has come so far."""
_NOT_REACHED = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
_MISSING = object()

Heard = Callable[[str], None]


class Answer(Struct, frozen=True):
    """What came: an answer, or why there is none. `ms` is the time it took.

    `cut` says that the answer was longer than what is taken; `characters` are those that came.
    """

    text: str = ""
    failure: NoDraft | None = None
    cut: bool = False
    characters: int = 0
    ms: int = 0


class _Stop(Exception):
    """The call ends here, and why."""

    def __init__(self, outcome: Outcome, sentence: str) -> None:
        super().__init__(sentence)
        self.failure = NoDraft(outcome, f"{sentence} {_UNCHANGED}")


class ModelCall:
    """One call. `run` blocks its thread; `give_up` may be called from any other.

    `heard` is called on that thread with all that has come so far. `transport` is for tests.
    """

    def __init__(
        self,
        asked: Asked,
        environ: Mapping[str, str],
        heard: Heard = lambda text: None,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._asked = asked
        self._endpoint = asked.endpoint
        self._environ = environ
        self._heard = heard
        self._transport = transport
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._given_up = False
        self._parts: list[str] = []
        self._length = 0
        self._cut = False
        self._told = 0.0

    def run(self) -> Answer:
        """Ask, and return what came. Never raises."""
        begun = time.monotonic()
        failure: NoDraft | None = None
        try:
            asyncio.run(self._whole())
        except _Stop as stop:
            failure = stop.failure
        except asyncio.CancelledError:
            failure = NoDraft(Outcome.GIVEN_UP, f"You have given up. {_UNCHANGED}")
        except Exception as error:
            # A service may send anything: what nobody has thought of is a failure like others.
            failure = self._failed(error)
        ms = int((time.monotonic() - begun) * 1_000)
        text = "" if failure is not None else "".join(self._parts)
        return Answer(text, failure, self._cut, self._length, ms)

    def give_up(self) -> None:
        """End the call now."""
        self._given_up = True
        loop, task = self._loop, self._task
        if loop is not None and task is not None:
            with suppress(RuntimeError):  # it has ended this moment
                loop.call_soon_threadsafe(task.cancel)

    async def _whole(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.current_task()
        if self._given_up:
            raise asyncio.CancelledError
        try:
            async with asyncio.timeout(self._endpoint.seconds * _WHOLE_CALL):
                await self._ask()
        except TimeoutError:
            raise _Stop(
                Outcome.TIMED_OUT, f"{self._endpoint.host} has not ended its answer in time."
            ) from None

    async def _ask(self) -> None:
        endpoint = self._endpoint
        headers = {"Accept": "text/event-stream, application/json", "Accept-Encoding": "identity"}
        if endpoint.key_env:
            headers["Authorization"] = f"Bearer {self._key()}"
        body = {
            "model": endpoint.model,
            "messages": [{"role": p.role, "content": p.content} for p in self._asked.prompts],
            "stream": True,
        }
        async with (
            httpx.AsyncClient(
                timeout=endpoint.seconds,
                follow_redirects=False,
                # A proxy of the environment would carry off what is to stay on this machine.
                trust_env=not endpoint.here,
                transport=self._transport,
            ) as client,
            client.stream("POST", _address(endpoint), json=body, headers=headers) as answer,
        ):
            self._check(answer)
            kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind == "text/event-stream":
                await self._streamed(answer)
            elif kind == "application/json":
                await self._at_once(answer)
            else:
                raise _Stop(Outcome.BROKEN, f"{endpoint.host} did not answer as a model does.")

    def _key(self) -> str:
        name = self._endpoint.key_env
        found = self._environ.get(name, "").strip()
        if not found:
            raise _Stop(
                Outcome.NO_KEY, f"The variable {name} with the key of the model is not set."
            )
        if not (found.isascii() and found.isprintable()):
            raise _Stop(Outcome.NO_KEY, f"The variable {name} has characters that no key has.")
        return found

    def _check(self, answer: httpx.Response) -> None:
        """Stop on anything but a 2xx."""
        host, status = self._endpoint.host, answer.status_code
        if answer.is_redirect or 300 <= status < 400:
            raise _Stop(Outcome.REFUSED, f"{host} redirects to another address, not followed.")
        if answer.is_success:
            return
        if status in (401, 403):
            name = self._endpoint.key_env
            asks = f"the key in {name}" if name else "a call without a key"
            raise _Stop(Outcome.REFUSED, f"{host} does not accept {asks} ({status}).")
        if status == 404:
            raise _Stop(Outcome.REFUSED, f"{host} does not know this address or this model (404).")
        if status == 413:
            raise _Stop(Outcome.REFUSED, f"The request is too long for {host} (413).")
        if status == 429:
            raise _Stop(Outcome.BUSY, f"{host} is busy (429); try again{_later(answer)}.")
        if status >= 500:
            raise _Stop(Outcome.FAILED, f"{host} has failed ({status}); try again later.")
        raise _Stop(Outcome.REFUSED, f"{host} has refused the request ({status}).")

    async def _streamed(self, answer: httpx.Response) -> None:
        """Pieces of an answer, until the service says that it is whole."""
        whole = False
        async for data in self._events(answer):
            if data == "[DONE]":
                whole = True
                break
            piece, reason = self._piece(_read(data), "delta")
            if piece:
                self._take(piece)
            if self._cut:
                return
            if reason is not None:
                whole = True
                self._ended(reason)
        if not whole:
            raise _Stop(Outcome.BROKEN, f"{self._endpoint.host} broke off in its answer.")

    async def _events(self, answer: httpx.Response) -> AsyncIterator[str]:
        """The data of a stream's events; lines and the whole are bounded."""
        longest = self._endpoint.max_chars * _BYTES_A_CHARACTER + _SPARE
        # Most services send a word or less in a piece.
        left = self._endpoint.max_chars // _LEAST_PIECE * _WRAPPING + longest
        waiting = b""
        async for chunk in answer.aiter_raw():
            left -= len(chunk)
            # What begins a line is looked at once, however it was parted.
            *lines, waiting = (waiting + chunk).replace(b"\r", b"\n").split(b"\n")
            for line in lines:
                if line.startswith(b"data:"):
                    yield line[5:].decode("utf-8", "replace").strip()
            if left < 0 or len(waiting) > longest:
                raise _Stop(Outcome.BROKEN, f"{self._endpoint.host} sent far too much.")
        if waiting.startswith(b"data:"):
            yield waiting[5:].decode("utf-8", "replace").strip()

    async def _at_once(self, answer: httpx.Response) -> None:
        """An answer in one piece, from a service that does not stream."""
        longest = self._endpoint.max_chars * _BYTES_A_CHARACTER + _SPARE
        body = bytearray()
        async for chunk in answer.aiter_raw():
            body += chunk
            if len(body) > longest:
                raise _Stop(Outcome.BROKEN, f"{self._endpoint.host} sent far too much.")
        piece, reason = self._piece(_read(body.decode("utf-8", "replace")), "message")
        self._take(piece)
        self._ended(reason or "stop")

    def _piece(self, found: object, name: str) -> tuple[str, str | None]:
        """The words of a piece, and why the answer ends with it, None if it does not."""
        host = self._endpoint.host
        if found is _MISSING:
            raise _Stop(Outcome.BROKEN, f"{host} sent something that cannot be read.")
        if isinstance(found, dict) and found.get("error"):
            raise _Stop(Outcome.FAILED, f"{host} has failed while it answered.")
        choices = found.get("choices") if isinstance(found, dict) else None
        if not isinstance(choices, list):
            raise _Stop(Outcome.BROKEN, f"{host} did not answer as a model does.")
        if not choices:
            return "", None  # e.g. only how many tokens were used
        first: Any = choices[0]
        said = first.get(name) if isinstance(first, dict) else None
        words = said.get("content") if isinstance(said, dict) else None
        reason = first.get("finish_reason") if isinstance(first, dict) else None
        if words is not None and not isinstance(words, str):
            raise _Stop(Outcome.BROKEN, f"{host} did not answer as a model does.")
        return words or "", reason if isinstance(reason, str) and reason else None

    def _take(self, piece: str) -> None:
        room = self._endpoint.max_chars - self._length
        if len(piece) > room:
            piece, self._cut = piece[:room], True
        self._parts.append(piece)
        self._length += len(piece)
        now = time.monotonic()
        if now - self._told >= _TELL_SECONDS:
            self._told = now
            self._heard("".join(self._parts))

    def _ended(self, reason: str) -> None:
        if reason == "content_filter":
            raise _Stop(Outcome.REFUSED, f"{self._endpoint.host} has refused to answer this.")
        if reason == "length":
            self._cut = True

    def _failed(self, error: Exception) -> NoDraft:
        host = self._endpoint.host
        if isinstance(error, _NOT_REACHED):
            said = f"{host} cannot be reached."
            return NoDraft(Outcome.UNREACHABLE, f"{said} {_UNCHANGED}")
        if isinstance(error, httpx.TimeoutException):
            seconds = self._endpoint.seconds
            said = f"{host} has not said a word for {seconds} second{'' if seconds == 1 else 's'}."
            return NoDraft(Outcome.TIMED_OUT, f"{said} {_UNCHANGED}")
        if isinstance(error, httpx.HTTPError):
            return NoDraft(Outcome.BROKEN, f"{host} broke off the connection. {_UNCHANGED}")
        said = f"The call to {host} failed ({type(error).__name__})."
        return NoDraft(Outcome.FAILED, f"{said} {_UNCHANGED}")


def _address(endpoint: Endpoint) -> str:
    path = "/chat/completions"
    return endpoint.url if endpoint.url.endswith(path) else endpoint.url + path


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return _MISSING


def _later(answer: httpx.Response) -> str:
    seconds = answer.headers.get("retry-after", "").strip()
    soon = seconds.isascii() and seconds.isdecimal() and len(seconds) <= 5
    return f" in {int(seconds)} seconds" if soon else " later"

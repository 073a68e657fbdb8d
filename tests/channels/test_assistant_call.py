"""Calling a language model: whatever it does, there is an answer or one sentence, and it ends."""

import json
from collections.abc import Callable, Iterator
from threading import Event, Thread

import pytest

from model_server import ModelServer, Serving, model_server
from omnitui.channels.assistant import Answer, ModelCall
from omnitui.model.assistant import Asked, Outcome, Prompt, Purpose
from omnitui.rules.endpoints import endpoint

SECRET = "sk-very-secret"


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with model_server() as server:
        yield server


def asked(url: str, *, key_env: str = "", timeout: int = 30, max_chars: int = 2_000) -> Asked:
    return Asked(
        key=1,
        purpose=Purpose.SUMMARY,
        endpoint=endpoint(url, "small", key_env, timeout, max_chars),
        prompts=(Prompt("system", "Rules"), Prompt("user", "Words")),
        fence="data-1",
        held={},
    )


def ask(model: ModelServer, **given: object) -> Answer:
    return ModelCall(asked(model.url, **given), {}).run()  # type: ignore[arg-type]


def test_an_answer_in_one_piece(model: ModelServer) -> None:
    model.says("It is red.")
    found = ask(model)
    assert (found.text, found.failure, found.cut, found.characters) == (
        "It is red.",
        None,
        False,
        10,
    )
    (request,) = model.requests
    assert request["path"] == "/v1/chat/completions"
    assert request["body"] == {
        "model": "small",
        "messages": [
            {"role": "system", "content": "Rules"},
            {"role": "user", "content": "Words"},
        ],
        "stream": True,
    }
    assert "Authorization" not in request["headers"]


def test_an_answer_in_pieces_is_heard_as_it_comes(model: ModelServer) -> None:
    first = Event()

    def pieces(serving: Serving) -> None:
        serving.head(kind="text/event-stream; charset=utf-8")
        serving.piece("It is")
        first.wait(60)
        serving.body(b": a comment\r\n\r\nevent: x\n")
        serving.piece(" r\u00f8d.")
        serving.body(b'data: {"choices": [], "usage": {}}\n\ndata: [DONE]\n\n')

    heard: list[str] = []

    def hear(text: str) -> None:
        heard.append(text)
        first.set()

    model.answer = pieces
    found = ModelCall(asked(model.url), {}, hear).run()
    assert (found.text, found.failure) == ("It is r\u00f8d.", None)
    assert heard[0] == "It is"


def test_a_stream_may_be_parted_anywhere(model: ModelServer) -> None:
    whole = (
        'data: {"choices":[{"delta":{"content":"r\u00f8d \u2713"},"finish_reason":"stop"}]}\r\n\r\n'
    )

    def bytes_one_by_one(serving: Serving) -> None:
        serving.head(kind="text/event-stream")
        for byte in whole.encode():
            serving.body(bytes([byte]))

    model.answer = bytes_one_by_one
    assert ask(model).text == "r\u00f8d \u2713"


def test_the_key_is_sent_and_said_nowhere(model: ModelServer) -> None:
    model.answer = lambda serving: serving.head(401)
    call = ModelCall(asked(model.url, key_env="MODEL_KEY"), {"MODEL_KEY": SECRET})
    found = call.run()
    assert model.requests[0]["headers"]["Authorization"] == f"Bearer {SECRET}"
    assert found.failure is not None
    assert "does not accept the key in MODEL_KEY (401)" in found.failure.sentence
    assert SECRET not in repr(found)


@pytest.mark.parametrize("environ", [{}, {"MODEL_KEY": " "}, {"MODEL_KEY": "a\nb"}])
def test_without_its_key_nothing_is_sent(model: ModelServer, environ: dict[str, str]) -> None:
    found = ModelCall(asked(model.url, key_env="MODEL_KEY"), environ).run()
    assert found.failure is not None
    assert found.failure.outcome is Outcome.NO_KEY
    assert "MODEL_KEY" in found.failure.sentence
    assert model.requests == []


def _status(status: int, **headers: str) -> Callable[[Serving], None]:
    return lambda serving: serving.head(status, **headers)


def _body(body: bytes, kind: str = "application/json") -> Callable[[Serving], None]:
    def answer(serving: Serving) -> None:
        serving.head(kind=kind)
        serving.body(body)

    return answer


def _events(*datas: str) -> Callable[[Serving], None]:
    return _body("".join(f"data: {data}\n\n" for data in datas).encode(), "text/event-stream")


PIECE = json.dumps({"choices": [{"delta": {"content": "It is"}, "finish_reason": None}]})
FILTERED = json.dumps({"choices": [{"delta": {}, "finish_reason": "content_filter"}]})
HUGE = b" " * 10_000_000
TROUBLES: dict[str, tuple[Callable[[Serving], None], Outcome, str]] = {
    "unauthorised": (_status(401), Outcome.REFUSED, "does not accept a call without a key (401)"),
    "forbidden": (_status(403), Outcome.REFUSED, "(403)"),
    "unknown": (_status(404), Outcome.REFUSED, "does not know this address or this model (404)"),
    "too long": (_status(413), Outcome.REFUSED, "too long"),
    "bad": (_status(422), Outcome.REFUSED, "has refused the request (422)"),
    "busy": (_status(429, Retry_After="20"), Outcome.BUSY, "try again in 20 seconds"),
    "busy for long": (_status(429, Retry_After="9" * 99), Outcome.BUSY, "try again later"),
    "busy in words": (_status(429, Retry_After="\u00b2"), Outcome.BUSY, "try again later"),
    "failed": (_status(500), Outcome.FAILED, "has failed (500)"),
    "overloaded": (_status(503), Outcome.FAILED, "has failed (503)"),
    "redirect": (_status(307, Location="/v1/elsewhere"), Outcome.REFUSED, "not followed"),
    "moved": (_status(301, Location="http://evil.example.com"), Outcome.REFUSED, "not followed"),
    "page": (_body(b"<html>", "text/html"), Outcome.BROKEN, "did not answer as a model does"),
    "no kind": (_body(b"{}", ""), Outcome.BROKEN, "did not answer as a model does"),
    "broken": (_body(b'{"choices": ['), Outcome.BROKEN, "cannot be read"),
    "nothing": (_body(b""), Outcome.BROKEN, "cannot be read"),
    "deep": (_body(b"[" * 100_000 + b"]" * 100_000), Outcome.BROKEN, ""),
    "a long number": (_body(b"1" * 10_000), Outcome.BROKEN, "cannot be read"),
    "a list": (_body(b"[1]"), Outcome.BROKEN, "did not answer as a model does"),
    "no choices": (_body(b'{"id": 1}'), Outcome.BROKEN, "did not answer as a model does"),
    "words of another kind": (
        _body(b'{"choices": [{"message": {"content": [1]}}]}'),
        Outcome.BROKEN,
        "did not answer as a model does",
    ),
    "an error": (
        _body(b'{"error": {"message": "\\u001b[2J"}}'),
        Outcome.FAILED,
        "while it answered",
    ),
    "10 MB": (_body(HUGE), Outcome.BROKEN, "far too much"),
    "10 MB in one line": (_body(b"data: " + HUGE, "text/event-stream"), Outcome.BROKEN, "too much"),
    "10 MB of comments": (
        _body(b": x\n" * 2_500_000, "text/event-stream"),
        Outcome.BROKEN,
        "far too much",
    ),
    "broken piece": (_events(PIECE, "{"), Outcome.BROKEN, "cannot be read"),
    "broken off": (_events(PIECE, PIECE), Outcome.BROKEN, "broke off"),
    "no events": (_events(), Outcome.BROKEN, "broke off"),
    "error in the stream": (_events(PIECE, '{"error": "x"}'), Outcome.FAILED, "while it answered"),
    "filtered": (_events(PIECE, FILTERED), Outcome.REFUSED, "refused to answer"),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_whatever_it_sends_is_one_sentence(model: ModelServer, trouble: str) -> None:
    model.answer, outcome, said = TROUBLES[trouble]
    found = ask(model)
    assert found.text == ""
    assert found.failure is not None
    assert found.failure.outcome is outcome
    assert said in found.failure.sentence
    assert found.failure.sentence.endswith("Your draft is unchanged.")
    assert found.failure.sentence.isprintable()
    assert len(model.requests) == 1, "a redirect was followed, or something was asked twice"


def test_a_connection_that_ends_in_an_answer(model: ModelServer) -> None:
    def too_short(serving: Serving) -> None:
        serving.send_response(200)
        serving.send_header("Content-Type", "application/json")
        serving.send_header("Content-Length", "500")
        serving.end_headers()
        serving.body(b'{"choices": [')

    model.answer = too_short
    found = ask(model)
    assert found.failure is not None
    assert found.failure.outcome is Outcome.BROKEN
    assert "broke off the connection" in found.failure.sentence


def test_what_is_no_http_at_all(model: ModelServer) -> None:
    model.answer = lambda serving: serving.body(b"SSH-2.0-nonsense\r\n")
    found = ask(model)
    assert found.failure is not None
    assert found.failure.outcome is Outcome.BROKEN


def test_nobody_is_there() -> None:
    with model_server() as server:
        url = server.url
    found = ModelCall(asked(url), {}).run()
    assert found.failure is not None
    assert found.failure.outcome is Outcome.UNREACHABLE
    assert "cannot be reached" in found.failure.sentence


@pytest.mark.parametrize("begun", [False, True])
def test_a_stall_ends_after_the_longest_wait(model: ModelServer, begun: bool) -> None:
    def stall(serving: Serving) -> None:
        if begun:
            serving.head(kind="text/event-stream")
            serving.piece("It is")
        serving.stall()

    model.answer = stall
    found = ask(model, timeout=1)
    assert found.failure is not None
    assert found.failure.outcome is Outcome.TIMED_OUT
    assert "has not said a word for 1 second." in found.failure.sentence


def test_an_answer_that_never_ends_is_ended(model: ModelServer) -> None:
    def drip(serving: Serving) -> None:
        serving.head(kind="text/event-stream")
        while not serving.server.model.go_on.wait(0.2):
            serving.body(b": still here\n\n")

    model.answer = drip
    found = ask(model, timeout=1)
    assert found.failure is not None
    assert found.failure.outcome is Outcome.TIMED_OUT
    assert "has not ended its answer in time" in found.failure.sentence


def test_no_more_is_taken_than_allowed(model: ModelServer) -> None:
    model.streams(*["word " * 10] * 500)
    found = ask(model)
    assert found.failure is None
    assert found.cut
    assert found.characters == len(found.text) == 2_000


def test_giving_up_ends_it_at_once(model: ModelServer) -> None:
    def stall(serving: Serving) -> None:
        serving.head(kind="text/event-stream")
        serving.piece("It is")
        serving.stall()

    model.answer = stall
    call = ModelCall(asked(model.url, timeout=600), {})
    answers: list[Answer] = []
    thread = Thread(target=lambda: answers.append(call.run()))
    thread.start()
    assert model.stalled.wait(60)
    call.give_up()
    thread.join(60)
    assert not thread.is_alive()
    (found,) = answers
    assert found.failure is not None
    assert found.failure.outcome is Outcome.GIVEN_UP
    call.give_up()  # it has ended: nothing happens


def test_giving_up_before_it_begins_sends_nothing(model: ModelServer) -> None:
    call = ModelCall(asked(model.url), {})
    call.give_up()
    found = call.run()
    assert found.failure is not None
    assert found.failure.outcome is Outcome.GIVEN_UP
    assert model.requests == []


def test_what_stays_on_this_machine_goes_through_no_proxy(
    model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with model_server() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url.removesuffix("/v1"))
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        assert ask(model).text == "Hello"
        assert proxy.requests == []

import base64
import hashlib
import json
from pathlib import Path

import httpx
import pytest
from msgspec.structs import replace

from omnitui.channels.base import DeliveryFailed, DeliveryUncertain
from omnitui.channels.webhook import WebhookCourier, payload
from omnitui.model.conversation import (
    Conversation,
    ConversationState,
    Delivery,
    Message,
    MessageKind,
    Speaker,
)
from omnitui.model.envelope import Envelope, File
from omnitui.model.errors import Fault
from omnitui.model.ids import ConversationId, MessageId

URL = "https://hooks.example.com/sms"
MESSAGE = Message(
    id=MessageId(17),
    conversation_id=ConversationId(4),
    speaker=Speaker.AGENT,
    kind=MessageKind.MESSAGE,
    author="Ada Byron",
    text="Hello ✓",
    at=1_772_438_400_000,
    delivery=Delivery.QUEUED,
)
CONVERSATION = Conversation(
    id=ConversationId(4),
    channel="sms",
    state=ConversationState.ACTIVE,
    name="Kiana Anderson",
    address="+47 555 01 022",
    created_at=0,
)


def deliver(answer: httpx.Response | Exception) -> list[httpx.Request]:
    asked: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer

    courier = WebhookCourier(
        URL, headers={"Authorization": "Bearer t"}, transport=httpx.MockTransport(handle)
    )
    try:
        courier.deliver(MESSAGE, CONVERSATION)
    finally:
        courier.close()
    return asked


def test_a_reply_is_posted_as_json() -> None:
    (request,) = deliver(httpx.Response(204))
    assert (request.method, str(request.url)) == ("POST", URL)
    assert request.headers["Authorization"] == "Bearer t"
    assert request.headers["Idempotency-Key"] == "17-1772438400000"
    assert json.loads(request.content) == {
        "message": 17,
        "conversation": 4,
        "channel": "sms",
        "address": "+47 555 01 022",
        "author": "Ada Byron",
        "text": "Hello ✓",
        "at": 1_772_438_400_000,
    }


FAILURES = [
    (httpx.Response(500), "hooks.example.com answered 500."),
    (httpx.Response(503), "hooks.example.com answered 503."),
    (httpx.Response(404), "hooks.example.com answered 404."),
    (httpx.ConnectTimeout("slow"), "hooks.example.com cannot be reached (ConnectTimeout)."),
    (httpx.PoolTimeout("slow"), "hooks.example.com cannot be reached (PoolTimeout)."),
    (httpx.ConnectError("no"), "hooks.example.com cannot be reached (ConnectError)."),
]

UNCERTAIN = [
    (httpx.ReadTimeout("slow"), "hooks.example.com did not answer in time."),
    (httpx.WriteTimeout("slow"), "hooks.example.com did not answer in time."),
    (httpx.ReadError("cut"), "hooks.example.com closed the connection (ReadError)."),
    (
        httpx.RemoteProtocolError("cut"),
        "hooks.example.com closed the connection (RemoteProtocolError).",
    ),
    (httpx.Response(502), "hooks.example.com answered 502."),
    (httpx.Response(504), "hooks.example.com answered 504."),
]


@pytest.mark.parametrize(("answer", "reason"), FAILURES)
def test_what_was_never_taken_is_a_failed_delivery(
    answer: httpx.Response | Exception, reason: str
) -> None:
    with pytest.raises(DeliveryFailed) as failed:
        deliver(answer)
    assert failed.value.reason == reason


@pytest.mark.parametrize(("answer", "reason"), UNCERTAIN)
def test_what_was_sent_and_not_confirmed_may_have_arrived(
    answer: httpx.Response | Exception, reason: str
) -> None:
    with pytest.raises(DeliveryUncertain) as unknown:
        deliver(answer)
    assert unknown.value.reason == reason


def test_every_attempt_has_the_same_key_and_no_other_reply_has_it() -> None:
    assert WebhookCourier.idempotent
    keys = set()
    for message in (MESSAGE, MESSAGE, replace(MESSAGE, at=MESSAGE.at + 1)):
        sent: list[httpx.Request] = []

        def handle(request: httpx.Request, sent: list[httpx.Request] = sent) -> httpx.Response:
            sent.append(request)
            return httpx.Response(200)

        courier = WebhookCourier(URL, transport=httpx.MockTransport(handle))
        courier.deliver(message, CONVERSATION)
        courier.close()
        keys.add(sent[0].headers["Idempotency-Key"])
    assert len(keys) == 2


def test_a_redirect_is_never_followed() -> None:
    asked: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(307, headers={"Location": "https://elsewhere.example.org/"})

    courier = WebhookCourier(URL, transport=httpx.MockTransport(handle))
    with pytest.raises(DeliveryFailed, match="redirects to another address"):
        courier.deliver(MESSAGE, CONVERSATION)
    courier.close()
    assert asked == ["hooks.example.com"]


@pytest.mark.parametrize(
    "url", ["", "hooks", "ftp://example.com/x", "https://", "https://example.com:port"]
)
def test_a_url_that_cannot_be_posted_to_is_refused_when_it_is_configured(url: str) -> None:
    with pytest.raises(Fault, match="is not a valid webhook URL"):
        WebhookCourier(url)


def enclosing(path: Path) -> Message:
    """A letter with a file that is kept at a path."""
    content = b"%PDF hello"
    path.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    file = File("offer.pdf", len(content), "application/pdf", digest, str(path))
    envelope = Envelope("Re: Router", ("bo@example.com",), (), (file,))
    return replace(MESSAGE, envelope=envelope)


def test_a_letter_is_posted_with_subject_copies_and_files(tmp_path: Path) -> None:
    posted = payload(enclosing(tmp_path / "kept"), CONVERSATION)
    assert posted["subject"] == "Re: Router"
    assert posted["cc"] == ("bo@example.com",)
    assert "bcc" not in posted
    (file,) = posted["attachments"]  # type: ignore[misc]
    assert base64.b64decode(file.pop("content")) == b"%PDF hello"
    assert file["name"] == "offer.pdf"
    assert file["sha256"] == hashlib.sha256(b"%PDF hello").hexdigest()


def test_a_message_without_anything_beside_it_is_posted_as_ever() -> None:
    assert set(payload(MESSAGE, CONVERSATION)) == {
        *("message", "conversation", "channel", "address", "author", "text", "at")
    }


@pytest.mark.parametrize("damage", ["gone", "other"])
def test_a_file_that_is_gone_or_damaged_is_a_failed_delivery(tmp_path: Path, damage: str) -> None:
    message = enclosing(tmp_path / "kept")
    if damage == "gone":
        (tmp_path / "kept").unlink()
    else:
        (tmp_path / "kept").write_bytes(b"other")
    with pytest.raises(DeliveryFailed, match=r"offer\.pdf"):
        payload(message, CONVERSATION)

"""A courier that posts replies as JSON to a configured URL.

    {"message": 17, "conversation": 4, "channel": "sms", "address": "+47 555 01 022",
     "author": "Ada Byron", "text": "...", "at": 1772438400000}

On channels of letters `subject`, `cc` and `bcc` follow where there are any, and with files
`attachments`: objects with `name`, `type`, `size` (bytes), `sha256` and `content` (base64).

Anything but a 2xx answer is a failed delivery; where the request was sent and no answer came, the
words may have arrived. Redirects are never followed, so that words meant for one host cannot be
sent on to another. The receiver recognises a reply that comes again by its `Idempotency-Key`
header, which is the same at every attempt and no other reply's, on any store.
"""

from base64 import b64encode
from pathlib import Path

import httpx

from omnitui.channels.base import DeliveryFailed, DeliveryUncertain
from omnitui.model.conversation import Conversation, Message
from omnitui.model.envelope import File
from omnitui.model.errors import Fault

TIMEOUT_SECONDS = 10.0
_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.InvalidURL,
    httpx.UnsupportedProtocol,
    httpx.ProxyError,
)
"""Errors from before a request was sent."""
_GATEWAYS = (502, 504)
"""Responses of an intermediary, which does not know the result of a request."""


class WebhookCourier:
    """Posts to one URL. `transport` is for tests; `headers` may carry a token."""

    idempotent = True

    def __init__(
        self,
        url: str,
        *,
        headers: dict[str, str] | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._url = _checked(url)
        self._client = httpx.Client(
            timeout=timeout_seconds,
            headers=headers,
            follow_redirects=False,
            transport=transport,
        )

    def deliver(self, message: Message, conversation: Conversation) -> None:
        """Post the message; raise `DeliveryFailed` or `DeliveryUncertain` without a 2xx."""
        host = self._url.host
        try:
            answer = self._client.post(
                self._url,
                json=payload(message, conversation),
                headers={"Idempotency-Key": f"{message.id}-{message.at}"},
            )
        except _NOT_SENT as error:
            raise DeliveryFailed(f"{host} cannot be reached ({type(error).__name__}).") from None
        except httpx.TimeoutException:
            raise DeliveryUncertain(f"{host} did not answer in time.") from None
        except httpx.HTTPError as error:
            raise DeliveryUncertain(
                f"{host} closed the connection ({type(error).__name__})."
            ) from None
        if answer.is_redirect:
            raise DeliveryFailed(f"{host} redirects to another address, which is not followed.")
        if answer.status_code in _GATEWAYS:
            raise DeliveryUncertain(f"{host} answered {answer.status_code}.")
        if not answer.is_success:
            raise DeliveryFailed(f"{host} answered {answer.status_code}.")

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def payload(message: Message, conversation: Conversation) -> dict[str, object]:
    """What is posted for a message."""
    envelope = message.envelope
    found: dict[str, object] = {
        "message": message.id,
        "conversation": conversation.id,
        "channel": conversation.channel,
        "address": conversation.address,
        "author": message.author,
        "text": message.text,
        "at": message.at,
    }
    mail = {"subject": envelope.subject, "cc": envelope.cc, "bcc": envelope.bcc}
    found |= {name: value for name, value in mail.items() if value}
    if envelope.files:
        found["attachments"] = [_attachment(one) for one in envelope.files]
    return found


def _attachment(file: File) -> dict[str, object]:
    """A file as it is posted; raises `DeliveryFailed` where its content is gone or damaged."""
    from omnitui.store.files import read

    try:
        content = read(Path(file.path), file.name, file.digest)
    except Fault as fault:
        raise DeliveryFailed(str(fault)) from None
    return {
        "name": file.name,
        "type": file.type,
        "size": file.size,
        "sha256": file.digest,
        "content": b64encode(content).decode(),
    }


def _checked(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise Fault(f"{url!r} is not a valid webhook URL ({error}).") from None
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise Fault(f"{url!r} is not a valid webhook URL; give http:// or https://.")
    return parsed

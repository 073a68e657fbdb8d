"""Delivers replies by SMS Server Tools 3: each becomes a file in the folder that smsd watches."""

import os
from collections.abc import Mapping
from pathlib import Path

from omnitui.channels.base import DeliveryFailed
from omnitui.model.conversation import Conversation, Message
from omnitui.model.courier import CourierConfig
from omnitui.model.errors import Fault


class SmsToolsCourier:
    """Writes to one folder.

    Not idempotent: smsd takes a file away once it has sent it, so that the same reply written
    again would be sent again. What may have arrived is left to a person.
    """

    idempotent = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, message: Message, conversation: Conversation) -> None:
        """Hand a reply to smsd. The file takes its name only when it is whole."""
        number = "".join(letter for letter in conversation.address if letter.isdecimal())
        if not number:
            raise DeliveryFailed(f"{conversation.address} is no number that an SMS can be sent to.")
        name = f"omnitui-{message.id}-{message.at}"
        unfinished = self._folder / f"{name}.LOCK"
        try:
            unfinished.write_bytes(
                f"To: {number}\nAlphabet: UTF-8\n\n".encode() + message.text.encode()
            )
            unfinished.rename(self._folder / name)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            raise DeliveryFailed(f"{self._folder} takes no file ({error.strerror}).") from None


def make(config: CourierConfig, environ: Mapping[str, str]) -> SmsToolsCourier:
    """The courier of a channel whose `url` is smsd's folder, as `file:///var/spool/sms/outgoing`."""
    folder = Path(config.url.removeprefix("file://"))
    if not (folder.is_absolute() and folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        raise Fault(f"{config.url or 'an empty url'} is no folder that files can be written to.")
    return SmsToolsCourier(folder)

"""What is being written in a session: a reply and a note, and what the store holds of them."""

from collections.abc import Mapping

from omnitui.console.link import Link
from omnitui.console.saving import Unkept, failed
from omnitui.model.errors import Refusal
from omnitui.model.session import DraftKind, Session


class Drafts:
    """See the module. `texts` are the words of either kind, as far as they are in no field."""

    def __init__(self) -> None:
        self.texts = {DraftKind.REPLY: "", DraftKind.NOTE: ""}
        self._saved = dict(self.texts)
        self._under_way: dict[DraftKind, str] = {}

    def restore(self, session: Session) -> None:
        """Take the drafts as the store has them."""
        self.texts = {DraftKind.REPLY: session.draft_reply, DraftKind.NOTE: session.draft_note}
        self._saved = dict(self.texts)

    def saved(self, kind: DraftKind) -> str:
        """What the store holds."""
        return self._saved[kind]

    def send(self, kind: DraftKind, text: str) -> None:
        """Words are on their way to the desk, which empties the stored draft as it takes them."""
        self._under_way[kind] = text
        self.texts[kind] = ""
        self._saved[kind] = ""

    def sent(self, kind: DraftKind) -> None:
        """The desk has taken them."""
        self._saved[kind] = ""
        self._under_way.pop(kind, None)

    def came_back(self, kind: DraftKind) -> None:
        """They are being written again."""
        self._under_way.pop(kind, None)

    def renewed(self, session: Session) -> bool:
        """Take what a command has put into the stored drafts, before what was typed since.

        False when they are what was stored from here.
        """
        stored = {DraftKind.REPLY: session.draft_reply, DraftKind.NOTE: session.draft_note}
        other = [kind for kind, text in stored.items() if text != self._saved[kind]]
        for kind in other:
            typed = self.texts[kind] if self.texts[kind] != self._saved[kind] else ""
            self.texts[kind] = "\n".join(filter(None, (stored[kind], typed)))
            self._saved[kind] = stored[kind]
        return bool(other)

    async def store(self, link: Link, conversation: int) -> Refusal | None:
        """Save what the store does not hold; why it could not be done, None when it was."""
        for kind, text in tuple(self.texts.items()):
            if text == self._saved[kind]:
                continue
            done = await link.attempt(
                "session.draft", conversation=conversation, text=text, kind=kind.value
            )
            if isinstance(done, Refusal):
                return failed(done)
            self._saved[kind] = text
        return None

    def unkept(self, typed: Mapping[DraftKind, str], name: str) -> list[Unkept]:
        """The words to `name` that the store does not hold; `typed` are those of a field."""
        texts = self.texts | dict(typed)
        begun = [
            Unkept(f"{kind.value} to {name}", text)
            for kind, text in texts.items()
            if text.strip() and text != self._saved[kind]
        ]
        sent = (
            Unkept(f"{kind.value} to {name}, perhaps not sent", text)
            for kind, text in self._under_way.items()
        )
        return [*begun, *sent]

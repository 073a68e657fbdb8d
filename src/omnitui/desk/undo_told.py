"""What customers were told by the desk while something was done: undoing it does not untell it."""

from collections.abc import Sequence

from omnitui.desk import thread
from omnitui.desk.call import Call
from omnitui.model.conversation import Conversation, MessageKind, Speaker
from omnitui.store import journal, messages

_LONGEST = 70
"""How much of what was said is repeated (characters), if no other length is asked for."""


def told_since(call: Call, conversations: Sequence[int], begun: int, seq: int) -> str:
    """A sentence about what the desk told customers between two ends of the journal.

    Empty when nobody was told anything.
    """
    heard: list[tuple[Conversation, str]] = []
    for key in conversations:
        for entry in journal.within(call.store, key, "message.queued", begun, seq):
            said = messages.get(call.store, int(entry.payload["message"]))
            if said is not None and (said.speaker, said.kind) == (
                Speaker.SYSTEM,
                MessageKind.MESSAGE,
            ):
                heard.append((thread.get(call, key), said.text))
    return sentence([(item.name, text) for item, text in heard])


def sentence(heard: Sequence[tuple[str, str]]) -> str:
    """Who was told what, each a name and the words, and that undoing does not change it."""
    if not heard:
        return ""
    names = list(dict.fromkeys(name for name, _ in heard))
    whom = f"{names[0]} has" if len(names) == 1 else f"{len(names)} customers have"
    text = quoted(heard[0][1])
    return f"{whom} been told {text}. That cannot be undone."


def quoted(text: str, longest: int = _LONGEST) -> str:
    """The beginning of what is said, in quotation marks, cut at a word."""
    line = " ".join(text.split())
    if len(line) > longest:
        line = line[:longest].rsplit(" ", 1)[0].rstrip(".,;:") + " …"
    return f"“{line}”"

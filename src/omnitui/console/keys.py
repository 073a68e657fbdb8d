"""The keys in force, for sentences that name one: what a person has chosen is what they read."""

from omnitui.console.keymap import Keymap
from omnitui.console.toolkit import running_app


def key_for(command: str) -> str:
    """The key of the command with that id, as it is written for people: `u`, `^s`, `g n`.

    It is that of the console which runs here; outside of one, the command's own.
    """
    keymap = getattr(running_app(), "keymap", None)
    return (keymap if isinstance(keymap, Keymap) else Keymap()).label_of(command)


def no_case() -> str:
    """That no case is linked, and the keys that change it."""
    creates, links = key_for("case.create"), key_for("session.link")
    return f"No case is linked: {creates} creates one, {links} links one."


def nobody_linked() -> str:
    """That no customer is linked, and the key that changes it."""
    return f"No customer is linked: {key_for('session.link')} links one."

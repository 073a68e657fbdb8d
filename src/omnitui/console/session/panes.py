"""Which of a session's panes are on screen at which width, as classes for the style sheet."""

WIDE, MEDIUM = 140, 100
"""From how many cells on there are three columns, and two."""

PANES = ("conversation", "summary", "assist")
LABELS = {"conversation": "Conversation", "summary": "Summary", "assist": "Assist"}

_WIDTHS = ("-wide", "-medium", "-narrow")


def pane_classes(width: int, pane: str, side: str) -> dict[str, bool]:
    """The classes at a width: `pane` has the keys, `side` is shown beside the conversation."""
    at = "-wide" if width >= WIDE else "-medium" if width >= MEDIUM else "-narrow"
    classes = {name: name == at for name in _WIDTHS}
    for name in PANES:
        classes[f"-pane-{name}"] = name == pane
        classes[f"-side-{name}"] = name == side
    return classes

"""Labels of conversations: valid labels, and adding and removing them."""

from collections.abc import Sequence

from omnitui.safetext import clean_line

LONGEST = 32
"""The longest label (characters)."""

MOST = 12
"""The most labels of a conversation."""


class LabelError(ValueError):
    """Labels that are not valid; `code` is for scripts, the others for people."""

    def __init__(self, code: str, sentence: str, hint: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.hint = code, sentence, hint


def tidy(given: str) -> str:
    """A label in the form that is saved: one line, one space between words. Raises `LabelError`."""
    label = " ".join(clean_line(given).split())
    if not label:
        raise LabelError("label.empty", "A label is empty.", "Give it 1 to 32 characters.")
    if len(label) > LONGEST:
        raise LabelError(
            "label.long",
            f"The label {label[:LONGEST]}… has {len(label)} characters.",
            f"Give it at most {LONGEST}.",
        )
    return label


def relabelled(
    before: Sequence[str], add: Sequence[str], remove: Sequence[str], name: str
) -> tuple[str, ...]:
    """The labels after adding some and removing others, each once whatever its case.

    An existing one keeps its spelling. `name` is the conversation's customer.
    """
    if not add and not remove:
        raise LabelError(
            "label.none", "No label is given.", "Give labels to add, to remove, or both."
        )
    wanted = {label.casefold(): label for label in reversed([tidy(one) for one in add])}
    off = {tidy(label).casefold() for label in remove}
    both = next((label for key, label in wanted.items() if key in off), None)
    if both is not None:
        raise LabelError(
            "label.both", f"The label {both} cannot be added and removed at once.", "Choose."
        )
    left = {label.casefold(): label for label in before if label.casefold() not in off}
    new = [label for key, label in reversed(wanted.items()) if key not in left]
    if new and len(left) + len(new) > MOST:
        raise LabelError(
            "label.most",
            f"{name} would have {len(left) + len(new)} labels; {MOST} are the most.",
            "Remove some first.",
        )
    return (*left.values(), *new)

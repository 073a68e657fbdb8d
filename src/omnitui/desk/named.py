"""Names that people give: one line, not empty, never shortened silently.

A record that is identified by its name has one that no other looks like.
"""

from collections.abc import Mapping

from omnitui.desk import retired
from omnitui.desk.call import Call
from omnitui.model.errors import Refused
from omnitui.rules.keys import Use, taken_for, why_not
from omnitui.safetext import LIMIT, SafeText, clean, clean_line

LONGEST = 200


def name_of(
    given: str, code: str, what: str, *, empty: str | None = None, longest: int = LONGEST
) -> SafeText:
    """A name in the form that is saved; refused with `code` if it is empty or too long.

    `what` starts the sentence (`A customer`); `empty` is the default name.
    """
    text = " ".join(clean(given, limit=LIMIT).split())
    if len(text) > longest:
        raise Refused(
            code,
            f"{what} cannot have a name of {len(text):,} characters.",
            f"Use {longest} at most.",
        )
    if not text and empty is None:
        raise Refused(code, f"{what} needs a name.", "Give a name with visible characters.")
    return clean_line(text or empty or "")


def own_name(
    call: Call,
    kind: str,
    what: str,
    given: str,
    others: Mapping[str, int],
    *,
    but: int | None = None,
    use: Use = Use.NAME,
) -> str:
    """A login, key or name in the form that is saved; refused if it is not valid or too similar to
    another.

    `kind` is the noun of the refusal's code, `what` is for its sentence (`a queue`); `others` are
    the existing ones with their keys. `but` may keep its current name.
    """
    text = clean_line(given, limit=LONGEST + 1)
    if but is not None and others.get(text) == but:
        return text
    wrong = why_not(use, text)
    if len(text) > LONGEST:
        wrong = f"it has more than {LONGEST} characters"
    if wrong:
        raise Refused(
            f"{kind}.{use.value}",
            f"{text[:60]!r} is not a valid {use.value} for {what}.",
            f"{wrong[0].upper()}{wrong[1:]}. {_HINTS[use]}",
        )
    known = taken_for(text, (name for name, key in others.items() if key != but))
    if known is None:
        return text
    noun = what.partition(" ")[2]
    if known.casefold() == text.casefold():
        said = f"{what[0].upper()}{what[1:]} {text} exists already."
        said += "" if known == text else f" It is called {known}."
    else:
        said = f"{text!r} is too similar to the existing {noun} {known}."
    hint = f"Choose another {use.value}, or change the existing one with {kind}.update."
    if kind in (*retired.KINDS.values(), "channel"):
        raise retired.taken(call, kind, others[known], said, hint)
    raise Refused(f"{kind}.exists", said, hint)


_HINTS = {
    Use.LOGIN: "Use one word that starts with a letter, such as ada.",
    Use.KEY: "Use one word with a letter in it, such as greeting-2.",
    Use.NAME: "Give it one with a letter in it.",
}

"""Keys as people read them."""

_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "space": "Space",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "up": "Up",
    "down": "Down",
    "plus": "+",
    "minus": "-",
    "full_stop": ".",
    "comma": ",",
    "asterisk": "*",
    "at": "@",
    "equals_sign": "=",
}


def key_label(key: str) -> str:
    """A key as it is written for people: `ctrl+p` is `^p`, `g slash` is `g /`.

    Of several keys that do the same (`j,down`) it is the first.
    """
    return " ".join(_one(part) for part in key.split(",")[0].split(" "))


def every_label(keys: str) -> str:
    """All the keys that do the same, e.g. `j Down`."""
    return " ".join(_one(key) for key in keys.split(","))


def _one(key: str) -> str:
    head, plus, last = key.rpartition("+")
    name = _NAMES.get(last, last.upper() if last[:1] == "f" and last[1:].isdecimal() else last)
    if not plus:
        return name
    if head == "ctrl":
        return f"^{name}"
    return "+".join(part.capitalize() for part in head.split("+")) + f"+{name}"

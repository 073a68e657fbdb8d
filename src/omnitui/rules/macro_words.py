"""The sentence that says what a command does, made of its docstring and its parameters."""

import re
from collections.abc import Sequence

_TWO = re.compile(r"(\w+) (and|or) (\w+)\b")
_END = re.compile(r"[;:.]|, (?=and |or |or,)")


def does(summary: str, told: Sequence[tuple[str, str]], *, changes: bool) -> str:
    """`Create a case for a customer, and ...` as `Creates a case for a customer: title “No light”.`

    `told` are the parameters with their values in words. One that only reads `Looks up`.
    """
    begins = _END.split(summary.replace("`", ""), maxsplit=1)[0].strip()
    if changes:
        said = _TWO.sub(_both, begins) if _TWO.match(begins) else _first(begins)
    else:
        said = f"Looks up: {begins[0].lower()}{begins[1:]}"
    with_ = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in told)
    return f"{said}{' - ' if ':' in said else ': '}{with_}." if with_ else f"{said}."


def _first(begins: str) -> str:
    verb, _, rest = begins.partition(" ")
    return f"{third_person(verb)} {rest}".strip()


def _both(found: re.Match[str]) -> str:
    """`Add and remove` as `Adds and removes`."""
    if found.start():
        return found[0]
    return f"{third_person(found[1])} {found[2]} {third_person(found[3])}"


def third_person(verb: str) -> str:
    """`Create` as `Creates`, `Reply` as `Replies`, `Push` as `Pushes`."""
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{verb}s"


def listed(numbers: Sequence[int]) -> str:
    """`Step 3`, `Steps 3 and 4`, `Steps 3 to 6`."""
    if len(numbers) == 1:
        return f"Step {numbers[0]}"
    joined = "and" if len(numbers) == 2 else "to"
    return f"Steps {numbers[0]} {joined} {numbers[-1]}"

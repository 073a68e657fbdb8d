"""Agent scripts: which one is the default, what its next step is, what may be wrong with steps."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from omnitui.model.script import Mark, Outcome, ScriptRule, Step
from omnitui.rules.classify import holds, in_words
from omnitui.rules.slots import problems as slot_problems

FALLBACK = "en"
"""The language of a script if there is none in the customer's."""

FIELDS = ("workstream", "labels")
"""The facts of a script's rules besides those of classification.

`words` and `text` are what the customer has said in the conversation until now.
"""

LONGEST_TITLE = 120
MOST_STEPS = 100

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Version(Protocol):
    """A script in one of its languages."""

    @property
    def key(self) -> str:
        """What its languages have in common."""

    @property
    def language(self) -> str:
        """The code of its language."""


V = TypeVar("V", bound=Version)


def fits(
    rules: Iterable[ScriptRule], facts: Mapping[str, Any], known: Collection[str]
) -> ScriptRule | None:
    """The first rule whose conditions are all met and whose script is among the `known` keys."""
    for rule in sorted(rules, key=lambda rule: (rule.position, rule.id)):
        if rule.script in known and all(holds(one, facts) for one in rule.conditions):
            return rule
    return None


def spoken(versions: Iterable[V], language: str) -> V | None:
    """The version in a language (`nb` for `nb-NO` too), else in English, else the first one."""
    wanted = _base(language)
    found = sorted(
        versions,
        key=lambda one: (
            one.language.casefold() != language.casefold(),
            _base(one.language) != wanted,
            _base(one.language) != FALLBACK,
        ),
    )
    return next(iter(found), None)


def _base(language: str) -> str:
    return language.casefold().replace("_", "-").partition("-")[0]


def reason(rule: ScriptRule | None) -> str:
    """Why a script is the default, in a sentence; without a rule, that none is."""
    if rule is None:
        return "No script fits this conversation; you can choose one."
    when = " and ".join(in_words(one) for one in rule.conditions)
    return f"Chosen by the rule {rule.name}" + (f": {when}." if when else ", which always fits.")


def next_step(keys: Sequence[str], marks: Mapping[str, Mark]) -> str:
    """The key of the first step without a mark; empty when all have one."""
    return next((key for key in keys if key not in marks), "")


def tally(keys: Collection[str], marks: Mapping[str, Mark]) -> tuple[int, int]:
    """How many of the steps have a tick, and how many a cross."""
    of = [marks[key].outcome for key in keys if key in marks]
    return of.count(Outcome.DONE), of.count(Outcome.FAILED)


def is_key(text: str) -> bool:
    """Whether a text can be the key of a script or a step: `closing-2`."""
    return _KEY.fullmatch(text) is not None


def key_of(title: str) -> str:
    """A key made of a title: its letters and digits in small, joined by dashes."""
    plain = unicodedata.normalize("NFKD", title.casefold().replace("ø", "o").replace("æ", "ae"))
    return "-".join(re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode()))[:60].strip(
        "-"
    )


def keyed(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Steps with a key each: what has none gets one of its title, with a number where needed."""
    found: list[Step] = []
    given = [*steps]
    taken = {one.key for one in given if one.key}
    for number, one in enumerate(given, 1):
        key = one.key
        if not key:
            base = key_of(one.title) or f"step-{number}"
            key = base
            again = 2
            while key in taken:
                key, again = f"{base}-{again}", again + 1
            taken.add(key)
        found.append(Step(key, one.title, one.text, one.macro, one.script))
    return tuple(found)


def problems(
    steps: Sequence[Step],
    scripts: Collection[str] | None = None,
    macros: Collection[str] | None = None,
) -> Iterator[tuple[int, str, str]]:
    """What is wrong with steps: the number (from 0), the attribute, and a clause for each.

    `scripts` and `macros` are the keys that steps may name; None is not known and not checked.
    """
    seen: set[str] = set()
    for number, one in enumerate(steps):
        if one.key and not is_key(one.key):
            yield number, "key", f"{one.key!r} is not a key; use small letters, digits and dashes"
        if one.key and one.key in seen:
            yield number, "key", f"a step {one.key} exists already in this script"
        seen.add(one.key)
        for name, clause in _of_words(one):
            yield number, name, clause
        if one.macro and one.script:
            yield number, "macro", "a step runs a macro or jumps to a script, not both"
        if one.macro and macros is not None and one.macro not in macros:
            yield number, "macro", f"there is no macro {one.macro!r}"
        if one.script and scripts is not None and one.script not in scripts:
            yield number, "script", f"there is no script {one.script!r}"


def _of_words(step: Step) -> Iterator[tuple[str, str]]:
    if not step.title.strip():
        yield "title", "the step has no title"
    if len(step.title) > LONGEST_TITLE:
        yield "title", f"the title has more than {LONGEST_TITLE} characters"
    if not (step.macro or step.script or step.text.strip()):
        yield "text", "a text step needs a text"
    for problem in slot_problems(step.title):
        yield "title", problem
    for problem in slot_problems(step.text):
        yield "text", problem

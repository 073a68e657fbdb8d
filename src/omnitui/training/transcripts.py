"""Real customers' words as a feed: JSON Lines, one arriving conversation a line.

    {"id": "...", "source": "...", "topic": "...", "turns": [{"role": "customer", "text": "..."}]}

`id` is unique over all files given; `turns` are in the order they were said, `role` is `customer`
or `agent`, other keys are left alone. Files are read line by line and checked before anybody
arrives; a line that is wrong is a `DataError` naming the file and the line.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from omnitui.model.errors import DataError
from omnitui.safetext import clean
from omnitui.textfiles import opened


class Turn(msgspec.Struct, frozen=True):
    """A turn of one side."""

    role: Literal["customer", "agent"]
    text: str


class Transcript(msgspec.Struct, frozen=True):
    """One conversation as it was."""

    id: Annotated[str, msgspec.Meta(min_length=1)]
    turns: list[Turn]
    source: str = ""
    topic: str = ""

    @property
    def customer_turns(self) -> int:
        """How many messages the customer wrote."""
        return sum(turn.role == "customer" for turn in self.turns)

    def external_id(self, turn: int) -> str:
        """The channel's own id of a turn: the same words are never taken in twice."""
        return f"{self.id}:{turn}"


_DECODER = msgspec.json.Decoder(Transcript)


def read(paths: Sequence[Path]) -> Iterator[Transcript]:
    """Every conversation of the files, in their order."""
    seen: dict[str, tuple[Path, int]] = {}
    for path in paths:
        for number, transcript in _lines(path):
            if transcript.id in seen:
                first, line = seen[transcript.id]
                raise DataError(
                    path,
                    f"line {number}",
                    f"the id {transcript.id!r} was used in {first.name} line {line} already; "
                    "give every conversation its own",
                )
            seen[transcript.id] = path, number
            yield transcript


def _lines(path: Path) -> Iterator[tuple[int, Transcript]]:
    try:
        with opened(path, newline="\n") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, _decode(path, number, line)
    except OSError as error:
        raise DataError(path, "", f"it cannot be read ({error.strerror})") from None


def _decode(path: Path, number: int, line: str) -> Transcript:
    where = f"line {number}"
    try:
        transcript = _DECODER.decode(line)
    except msgspec.ValidationError as error:
        problem, _, key = str(error).partition(" - at ")
        place = f"{where}, {key.strip('`').removeprefix('$.')}" if key else where
        raise DataError(path, place, problem) from None
    except (msgspec.DecodeError, UnicodeError) as error:
        raise DataError(path, where, f"it is not JSON ({error})") from None
    except RecursionError:
        raise DataError(path, where, "it is nested too deeply to be read") from None
    if not transcript.customer_turns:
        raise DataError(path, where, "no turn is the customer's, so no customer arrives")
    for n, turn in enumerate(transcript.turns):
        if turn.role == "customer" and not clean(turn.text).strip():
            raise DataError(path, f"{where}, turns[{n}].text", "the text is empty")
    return transcript


def topics(transcripts: Iterable[Transcript]) -> list[str]:
    """The different topics in order of appearance."""
    return list(dict.fromkeys(transcript.topic for transcript in transcripts))

"""`assistant.toml`: a language model of one's own.

    [assistant] url, model, key_env, timeout, max_chars, plain_http

`key_env` names the environment variable with the key; the key itself stands in no file.
"""

from collections.abc import Iterator
from pathlib import Path

from omnitui.datafiles.decode import Strict, place, read
from omnitui.model.errors import DataError
from omnitui.rules import endpoints


class WrittenAssistant(Strict, frozen=True, kw_only=True):
    """The endpoint as it was written; `timeout` is in seconds."""

    url: str
    model: str
    key_env: str = ""
    timeout: int = 30
    max_chars: int = 12_000
    plain_http: bool = False


class AssistantFile(Strict, frozen=True, kw_only=True):
    """The whole file."""

    assistant: WrittenAssistant


def read_assistant(path: Path) -> WrittenAssistant:
    """The endpoint of a file; raises `DataError` for the first thing that is wrong."""
    file, text = read(path, AssistantFile)
    for error in _wrong(file, text, path):
        raise error
    return file.assistant


def problems(path: Path) -> Iterator[DataError]:
    """Everything that is wrong in the file."""
    try:
        file, text = read(path, AssistantFile)
    except DataError as error:
        yield error
        return
    yield from _wrong(file, text, path)


def _wrong(file: AssistantFile, text: str, path: Path) -> Iterator[DataError]:
    row = file.assistant
    found = endpoints.problems(
        row.url,
        row.model,
        row.key_env,
        row.timeout,
        row.max_chars,
        plain_http=row.plain_http,
    )
    for key, problem in found:
        yield DataError(path, place(text, f"assistant.{key}"), problem)

"""What the toolkit keeps to itself and the console needs: all in one place, each with a test."""

from typing import Any

from textual.app import App
from textual.keys import _character_to_key


def key_of(character: str) -> str:
    """The toolkit's name of the key that types a character: `?` is `question_mark`."""
    return _character_to_key(character)


def write_raw(app: App[Any], sequence: str) -> None:
    """Send a control sequence to the terminal, as the app's own bell is sent."""
    driver = app._driver
    if driver is not None and not app.is_headless:
        driver.write(sequence)
        driver.flush()

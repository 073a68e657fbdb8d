"""Where a language model is: which addresses are right, and which of them are on this machine."""

import ipaddress
import re
from urllib.parse import urlsplit

from omnitui.model.assistant import Endpoint

SECONDS = (1, 600)
"""The shortest and longest wait for the next word (seconds)."""
CHARS = (2_000, 100_000)
"""The fewest and most characters of a request, and of an answer: fewer leave no room for words."""
LONGEST = 500
"""The longest address or name of a model (characters)."""
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\]")

Problem = tuple[str, str]
"""The key that is wrong, and what is wrong as a clause."""


def problems(
    url: str,
    model: str,
    key_env: str = "",
    timeout: int = 30,
    max_chars: int = 12_000,
    *,
    plain_http: bool = False,
) -> list[Problem]:
    """What is wrong with an endpoint; empty when it is valid."""
    found = [("url", wrong) for wrong in _address(url, plain_http=plain_http)]
    if not model.strip() or len(model) > LONGEST or not model.isprintable():
        found.append(("model", f"it needs the name of a model, of 1 to {LONGEST} characters"))
    if key_env and not _VARIABLE.fullmatch(key_env):
        found.append(
            (
                "key_env",
                "it needs the name of an environment variable, such as MODEL_KEY; the key itself "
                "is never saved",
            )
        )
    for key, value, (least, most) in (
        ("timeout", timeout, SECONDS),
        ("max_chars", max_chars, CHARS),
    ):
        if not least <= value <= most:
            found.append((key, f"it needs a number from {least} to {most}, not {value}"))
    return found


def endpoint(
    url: str, model: str, key_env: str = "", timeout: int = 30, max_chars: int = 12_000
) -> Endpoint:
    """An endpoint whose values are valid."""
    host, here = _host_of(url)
    return Endpoint(url.rstrip("/"), model, host, here, key_env, timeout, max_chars)


def _host_of(url: str) -> tuple[str, bool]:
    """The host of an address, with its port if it has one, and whether it is this machine."""
    parts = urlsplit(url)
    name = (parts.hostname or "").lower()
    shown = f"[{name}]" if ":" in name else name
    return (f"{shown}:{parts.port}" if parts.port else shown), _is_here(name)


def _is_here(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _address(url: str, *, plain_http: bool) -> list[str]:
    if not url or len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        return [
            "it needs an address such as http://127.0.0.1:11434/v1, in plain letters (write other "
            "letters of a host as xn--)"
        ]
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ["it is not a valid address"]
    if parts.scheme not in ("http", "https"):
        return ["it does not start with https:// or http://"]
    if "@" in parts.netloc:
        return ["it has a user name or a key; put the key into the variable that key_env names"]
    host = parts.netloc.removesuffix(f":{port}") if port is not None else parts.netloc
    if port == 0 or not _HOST.fullmatch(host):
        return ["it has no valid host, such as models.example.com"]
    wrong = []
    if "?" in url or "#" in url:
        wrong.append("it has a ? or a #; a key belongs into the variable that key_env names")
    if "\\" in url:
        wrong.append("it has a \\; write /")
    if parts.scheme == "http" and not plain_http and not _is_here((parts.hostname or "").lower()):
        wrong.append(
            "words would leave this machine unencrypted; give https://, or plain_http = true"
        )
    return wrong

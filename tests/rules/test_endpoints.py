"""Which addresses of a language model are right, and which of them are on this machine."""

import pytest

from omnitui.rules.endpoints import endpoint, problems


@pytest.mark.parametrize(
    ("url", "host", "here"),
    [
        ("http://127.0.0.1:11434/v1", "127.0.0.1:11434", True),
        ("http://localhost:8080/v1/", "localhost:8080", True),
        ("http://[::1]:8080/v1", "[::1]:8080", True),
        ("http://127.9.9.9/v1", "127.9.9.9", True),
        ("https://models.example.com/v1", "models.example.com", False),
        ("https://MODELS.example.com:8443/v1", "models.example.com:8443", False),
        ("https://10.0.0.5/v1", "10.0.0.5", False),
        ("https://localhost.example.com/v1", "localhost.example.com", False),
        ("https://127.0.0.1.example.com/v1", "127.0.0.1.example.com", False),
        ("https://2130706433/v1", "2130706433", False),
        ("https://0.0.0.0/v1", "0.0.0.0", False),
    ],
)
def test_right_addresses(url: str, host: str, here: bool) -> None:
    assert problems(url, "small") == []
    found = endpoint(url, "small")
    assert (found.host, found.here) == (host, here)
    assert found.badge == ("On this machine" if here else f"Words leave this machine: {host}")
    assert not found.url.endswith("/")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "it needs an address such as"),
        ("models.example.com/v1", "does not start with https:// or http://"),
        ("ftp://models.example.com/v1", "does not start with https:// or http://"),
        ("file:///etc/passwd", "does not start with https:// or http://"),
        ("http://models.example.com/v1", "leave this machine unencrypted"),
        ("http://10.0.0.5:11434/v1", "leave this machine unencrypted"),
        ("http://localhost.example.com/v1", "leave this machine unencrypted"),
        ("http://127.1/v1", "leave this machine unencrypted"),
        ("https://ann:secret@models.example.com/v1", "a user name or a key"),
        ("https://key@models.example.com/v1", "a user name or a key"),
        ("https://127.0.0.1@models.example.com/v1", "a user name or a key"),
        ("https://models.example.com/v1?key=abc", "it has a ? or a #"),
        ("https://models.example.com/v1#x", "it has a ? or a #"),
        ("https://", "no valid host"),
        ("https:///v1", "no valid host"),
        ("https://models.example.com:0/v1", "no valid host"),
        ("https://models.example.com:99999/v1", "not a valid address"),
        ("https://mod\u0435ls.example.com/v1", "in plain letters"),
        ("https://models.example.com/v1\n", "in plain letters"),
        ("https://models example.com/v1", "in plain letters"),
        ("https://models.example.com\\@127.0.0.1/v1", "a user name or a key"),
        ("https://127.0.0.1\\models.example.com/v1", "no valid host"),
        ("https://" + "a" * 600 + ".example.com", "it needs an address"),
    ],
)
def test_wrong_addresses(url: str, said: str) -> None:
    found = problems(url, "small")
    assert [key for key, _ in found] == ["url"] * len(found)
    assert any(said in problem for _, problem in found), found


def test_plain_http_is_allowed_by_name() -> None:
    assert problems("http://10.0.0.5:11434/v1", "small", plain_http=True) == []
    assert not endpoint("http://10.0.0.5:11434/v1", "small").here


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"model": ""}, "model"),
        ({"model": "  "}, "model"),
        ({"model": "a\nb"}, "model"),
        ({"model": "m" * 501}, "model"),
        ({"key_env": "sk-12345"}, "key_env"),
        ({"key_env": "1KEY"}, "key_env"),
        ({"key_env": "MY KEY"}, "key_env"),
        ({"timeout": 0}, "timeout"),
        ({"timeout": 601}, "timeout"),
        ({"timeout": -1}, "timeout"),
        ({"max_chars": 1_999}, "max_chars"),
        ({"max_chars": 100_001}, "max_chars"),
    ],
)
def test_what_else_is_wrong_is_named_with_its_key(given: dict[str, object], key: str) -> None:
    found = problems(**{"url": "https://models.example.com/v1", "model": "small", **given})  # type: ignore[arg-type]
    assert [one for one, _ in found] == [key]

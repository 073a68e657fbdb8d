"""One test for many values that are alike: it lists those that fail, each with what is wrong."""

import inspect
from collections.abc import Callable, Iterable
from typing import Any

import pytest

Check = Callable[..., None]


def each(
    names: str | tuple[str, ...], values: Iterable[Any], ids: Callable[[Any], str] = repr
) -> Callable[[Check], Check]:
    """Like `pytest.mark.parametrize`, without what a thousand tests cost that take no time.

    For checks that leave nothing behind: they share their fixtures, and all of them are made even
    when some fail.
    """
    known = list(values)
    single = isinstance(names, str)
    keys = (names,) if isinstance(names, str) else names

    def over_all(check: Check) -> Check:
        def test(**fixtures: Any) -> None:
            assert known, "there is nothing to check"
            wrong = []
            for value in known:
                given = dict(zip(keys, (value,) if single else value, strict=True))
                try:
                    check(**fixtures, **given)
                except (Exception, pytest.fail.Exception) as error:
                    wrong.append(f"{ids(value)}: {type(error).__name__}: {error}")
            assert not wrong, "\n".join(wrong)

        found = inspect.signature(check).parameters
        assert set(keys) <= found.keys()
        test.__name__, test.__doc__, test.__module__ = (
            check.__name__,
            check.__doc__,
            check.__module__,
        )
        test.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [one for name, one in found.items() if name not in keys]
        )
        return test

    return over_all

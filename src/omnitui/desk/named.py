"""Names that people give to things: one line, not empty, not cut without a word."""

from omnitui.model.errors import Refused
from omnitui.safetext import LIMIT, SafeText, clean, clean_line

LONGEST = 200


def name_of(
    given: str, code: str, what: str, *, empty: str | None = None, longest: int = LONGEST
) -> SafeText:
    """A name as it is kept; refused with `code` where it is empty or too long.

    `what` begins the sentence (`A customer`); `empty` is the name of what is given none.
    """
    text = " ".join(clean(given, limit=LIMIT).split())
    if len(text) > longest:
        raise Refused(
            code,
            f"{what} cannot have a name of {len(text):,} characters.",
            f"{longest} are the most.",
        )
    if not text and empty is None:
        raise Refused(code, f"{what} needs a name.", "Give it one that can be read.")
    return clean_line(text or empty or "")

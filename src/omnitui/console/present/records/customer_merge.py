"""Two customers beside one another who are to become one, and those who have become one."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import times
from omnitui.console.present.records.reached import words
from omnitui.model.customer import CUSTOMER_FIELDS, Customer

if TYPE_CHECKING:
    from omnitui.desk.customers.merging import Merged, MergedField, MergePreview

_LABEL = 11
_GAP = 2
_WORDS = {
    "conversations": "conversation",
    "cases": "case",
    "activities": "activity",
    "entitlements": "entitlement",
    "addresses": "address",
}
_MANY = {"activity": "activities", "address": "addresses"}
_NONE = "none"
_FIELDS = {field.key: field for field in CUSTOMER_FIELDS}
_LOOK = "Check again before you merge."


def side_by_side(preview: "MergePreview", width: int, glyphs: Glyphs) -> list[Content]:
    """What is known of both, the survivor at the left: what comes over, what is not kept."""
    column = (width - _LABEL - 2 * _GAP) // 2
    head = _row("", ("kept", "bold $positive"), ("merged into it", "bold $warning"), column, glyphs)
    lines = [head]
    for field in preview.fields:
        if field.into or field.from_:
            lines.append(_field(field, column, glyphs))
    lines += _addresses(preview, column, glyphs)
    return lines


def _field(field: "MergedField", column: int, glyphs: Glyphs) -> Content:
    three = (field.into, field.from_, field.becomes)
    declared = _FIELDS[field.field]
    into, from_, becomes = (words(declared, one) for one in three)
    label = declared.label
    if field.becomes == field.into:
        kept = field.from_ in ("", field.into)
        right = (from_, "$text-dim" if kept else "$text-dim strike")
        return _row(label, (into or _NONE, "$text-plain"), right, column, glyphs)
    if field.into:
        return _row(label, (f"{into} + theirs", "$text-plain"), (from_, ""), column, glyphs)
    return _row(label, (f"+ {becomes}", "$positive"), (from_, "$text-dim"), column, glyphs)


def _addresses(preview: "MergePreview", column: int, glyphs: Glyphs) -> list[Content]:
    """Where both are reached, an address a line; all of them are kept."""
    sides = [_reached(preview.into), _reached(preview.from_)]
    lines = []
    for at in range(max(map(len, sides))):
        left, right = (side[at] if at < len(side) else "" for side in sides)
        label = "" if at else "Addresses"
        lines.append(_row(label, (left, "$text-plain"), (right, "$text-plain"), column, glyphs))
    return lines


def _reached(customer: Customer) -> list[str]:
    return [address.value for address in customer.addresses]


def _row(
    label: str, left: tuple[str, str], right: tuple[str, str], column: int, glyphs: Glyphs
) -> Content:
    parts: list[Content | str] = [
        " ",
        Content.styled(text.left(label, _LABEL - 1, glyphs), "$text-dim"),
    ]
    for said, style in (left, right):
        words = text.cut(Content.styled(text.inline(said), style), column, glyphs)
        parts += [words, " " * (column - words.cell_length + _GAP)]
    return Content.assemble(*parts)


def moves_over(preview: "MergePreview") -> str:
    """What comes over, in a sentence: `2 conversations, 1 case, 1 address come over.`"""
    parts = []
    for table, word in _WORDS.items():
        count = preview.moves.get(table, 0)
        if count:
            parts.append(f"{count} {word if count == 1 else _MANY.get(word, word + 's')}")
    if not parts:
        return "Nothing else is moved."
    one = len(parts) == 1 and parts[0].startswith("1 ")
    return f"{', '.join(parts)} {'is' if one else 'are'} moved."


def changed_meanwhile(agreed: "MergePreview", found: "MergePreview") -> str:
    """What of a merge is another thing than was agreed to, as a sentence; empty if nothing is.

    How much comes over may grow while one looks: that changes nothing that was agreed to.
    """
    for before, now in ((agreed.from_, found.from_), (agreed.into, found.into)):
        if before.id != now.id:
            return f"{before.name} was merged into {now.name} in the meantime. {_LOOK}"
    return (
        ""
        if agreed.fields == found.fields
        else f"The records have changed in the meantime. {_LOOK}"
    )


def merged_key(merged: "Merged") -> str:
    """What a merge is called among the blocks of a tab."""
    return f"merged:{merged.customer_id}"


def merged_rows(
    merges: "Sequence[Merged]", width: int, now: int, tz: tzinfo, glyphs: Glyphs
) -> list[tuple[str, list[Content]]]:
    """Who became part of a customer, by key: when, by whom, and what is in the way of undoing."""
    rows = []
    for one in merges:
        by = f"by {one.by}  {times.moment(one.at, now, tz)} "
        name = Content.assemble("  ", (text.inline(one.name), "$text-plain"))
        lines = [text.between(name, Content.styled(by, "$text-dim"), width, glyphs)]
        why = f"cannot be unmerged: {one.why_not}" if one.why_not else ""
        for a, b in text.wrap(why, max(10, width - 6)) if why else ():
            lines.append(Content.assemble("    ", (why[a:b], "$text-dim")))
        rows.append((merged_key(one), lines))
    return rows

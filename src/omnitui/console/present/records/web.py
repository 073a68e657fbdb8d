"""Links into other systems as lines: what each is called, and where it leads, whole."""

from collections.abc import Sequence

from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.present.records.beside import paragraph
from omnitui.model.customer import Customer
from omnitui.model.link import FilledLink


def web_head(customer: Customer | None, glyphs: Glyphs) -> Content:
    """Whom the links are about."""
    name = "nobody" if customer is None else text.inline(customer.name)
    return Content.assemble(
        ("Other systems", "bold $text-plain"),
        (f" {glyphs.separator} ", "$text-dim"),
        (name, "$customer"),
    )


def no_links(width: int) -> list[Content]:
    """What stands where no links are."""
    said = "No links into other systems yet. An administrator adds them: omnitui call link.set"
    return paragraph(said, width)


def link_rows(
    links: Sequence[FilledLink], width: int, glyphs: Glyphs
) -> list[tuple[str, list[Content]]]:
    """The links by name; one for which something is missing says what in place of its address."""
    rows = []
    for link in links:
        known = bool(link.url)
        name = (text.inline(link.name), "bold $text-plain" if known else "$text-dim")
        title = Content.assemble("  ", (f"{glyphs.link} ", "$primary"), name)
        said = text.inline(link.url) if known else f"needs {', '.join(link.missing)}"
        style = "$info" if known else "$warning"
        spans = text.wrap(said, max(8, width - 6))
        lines = [Content.assemble("    ", (said[start:end], style)) for start, end in spans]
        rows.append((link.name, [text.cut(title, width - 1, glyphs), *lines]))
    return rows

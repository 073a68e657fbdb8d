"""Four themes with one vocabulary: dark, light, and a high-contrast twin of each.

Depth comes from three surface levels (`$surface-1` the page, `$surface-2` a panel on it,
`$surface-3` what lies on a panel), never from boxes. One accent. Colours carry meaning
(`$customer`, `$agent`, `$bot`, `$note`, `$positive`, `$warning`, `$danger`, `$info`), and every
text colour reaches 4.5:1 on every surface it may stand on (7:1 in the contrast themes).

A terminal that shows fewer colours gets the same themes in colours of its own (`palettes`), as far
as it can keep these promises.

Widgets use these variables only. An application that offers Textual's own themes too overrides
`get_theme_variable_defaults` to return `variable_defaults(...)`, so that the names always exist.
"""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from textual.color import Color
from textual.theme import Theme

from omnitui.console.palettes import PALETTES, Depth, Palette

if TYPE_CHECKING:
    from textual.app import App

DEFAULT_THEME = "omni-dark"

SURFACES = ("surface-1", "surface-2", "surface-3", "cursor-surface", "marked-surface")
"""The backgrounds that any text may stand on. `$note-surface` takes `$text`, `$note` and dim."""

TEXTS = (
    "text-plain",
    "text-dim",
    "primary",
    "customer",
    "agent",
    "bot",
    "note",
    "positive",
    "warning",
    "danger",
    "info",
)
"""The colours that text may have."""


THEME_NAMES = tuple(PALETTES)
"""The names to offer, the default first."""


def register_themes(app: "App[Any]", depth: Depth = Depth.TRUE) -> None:
    """Make the four themes known to `app`, in the colours that a terminal of `depth` shows.

    Which one is shown stays the caller's choice.
    """
    for name in THEME_NAMES:
        app.register_theme(theme(name, depth))


def depth_of(color_system: str | None, environment: Mapping[str, str] = os.environ) -> Depth:
    """How many colours a terminal shows, by what the toolkit takes it for.

    Where colours are not wanted at all the toolkit makes greys of the finest ones.
    """
    if "NO_COLOR" in environment:
        return Depth.TRUE
    known = {"256": Depth.EIGHT_BIT, "standard": Depth.STANDARD, "windows": Depth.STANDARD}
    return known.get(color_system or "", Depth.TRUE)


def theme(name: str, depth: Depth = Depth.TRUE) -> Theme:
    """One of the four themes. Raises KeyError for another name."""
    palette = PALETTES[name][depth]
    return Theme(
        name=name,
        dark=palette.dark,
        primary=palette.accent,
        secondary=palette.bot,
        accent=palette.accent,
        warning=palette.warning,
        error=palette.danger,
        success=palette.positive,
        foreground=palette.text,
        background=palette.surface_1,
        surface=palette.surface_2,
        panel=palette.surface_3,
        boost=palette.surface_3,
        variables={**_own_variables(palette), **_framework_variables(palette, depth)},
    )


def variable_defaults(dark: bool = True) -> dict[str, str]:
    """The console's own variables for themes that do not define them."""
    return _own_variables(PALETTES["omni-dark" if dark else "omni-light"][Depth.TRUE])


def _own_variables(palette: Palette) -> dict[str, str]:
    return {
        "surface-1": palette.surface_1,
        "surface-2": palette.surface_2,
        "surface-3": palette.surface_3,
        "cursor-surface": palette.cursor_surface,
        "cursor-surface-blurred": palette.surface_3,
        "marked-surface": palette.marked_surface,
        "note-surface": palette.note_surface,
        "find-surface": palette.find_surface,
        "rule": palette.rule,
        "text-plain": palette.text,
        "text-dim": palette.text_dim,
        "on-accent": palette.on_accent,
        "customer": palette.customer,
        "agent": palette.accent,
        "bot": palette.bot,
        "note": palette.note,
        "positive": palette.positive,
        "danger": palette.danger,
        "info": palette.info,
    }


def _framework_variables(palette: Palette, depth: Depth) -> dict[str, str]:
    """What Textual's own widgets read, so that they look at home."""
    selection = Color.parse(palette.accent).with_alpha(0.30).hex
    if depth is not Depth.TRUE:
        # A mixture would be shown as whatever colour is near it.
        selection = palette.find_surface
    return {
        "text": palette.text,
        "text-muted": palette.text_dim,
        "text-disabled": palette.text_dim,
        "text-primary": palette.accent,
        "text-secondary": palette.bot,
        "text-accent": palette.accent,
        "text-success": palette.positive,
        "text-warning": palette.warning,
        "text-error": palette.danger,
        "foreground-muted": palette.text_dim,
        "foreground-disabled": palette.text_dim,
        "border": palette.accent,
        "border-blurred": palette.rule,
        "block-cursor-foreground": palette.text,
        "block-cursor-background": palette.cursor_surface,
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-foreground": palette.text,
        "block-cursor-blurred-background": palette.surface_3,
        "block-cursor-blurred-text-style": "none",
        "block-hover-background": palette.surface_3,
        "surface-active": palette.surface_3,
        "scrollbar": palette.rule,
        "scrollbar-hover": palette.text_dim,
        "scrollbar-active": palette.accent,
        "scrollbar-background": palette.surface_1,
        "scrollbar-background-hover": palette.surface_1,
        "scrollbar-background-active": palette.surface_1,
        "scrollbar-corner-color": palette.surface_1,
        "link-color": palette.accent,
        "link-color-hover": palette.on_accent,
        "link-background-hover": palette.accent,
        "footer-foreground": palette.text_dim,
        "footer-background": palette.surface_2,
        "footer-key-foreground": palette.accent,
        "footer-description-foreground": palette.text_dim,
        "input-cursor-background": palette.accent,
        "input-cursor-foreground": palette.on_accent,
        "input-selection-background": selection,
        "input-selection-foreground": palette.text,
        "screen-selection-background": selection,
        "screen-selection-foreground": palette.text,
        "button-foreground": palette.text,
        "button-color-foreground": palette.on_accent,
        "markdown-h1-color": palette.accent,
        "markdown-h2-color": palette.accent,
        "markdown-h3-color": palette.text,
        "markdown-h4-color": palette.text,
    }

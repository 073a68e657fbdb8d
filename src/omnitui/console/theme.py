"""Four themes with one vocabulary: dark, light, and a high-contrast twin of each.

Depth comes from three surface levels (`$surface-1` the page, `$surface-2` a panel on it,
`$surface-3` what lies on a panel), never from boxes. One accent. Colours carry meaning
(`$customer`, `$agent`, `$bot`, `$note`, `$positive`, `$warning`, `$danger`, `$info`), and every
text colour reaches 4.5:1 on every surface it may stand on (7:1 in the contrast themes).

Widgets use these variables only. An application that offers Textual's own themes too overrides
`get_theme_variable_defaults` to return `variable_defaults(...)`, so that the names always exist.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.color import Color
from textual.theme import Theme

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


@dataclass(frozen=True, slots=True)
class _Palette:
    """The colours a theme is made of; everything else is derived from them."""

    dark: bool
    surface_1: str
    surface_2: str
    surface_3: str
    cursor_surface: str
    marked_surface: str
    note_surface: str
    find_surface: str
    rule: str
    text: str
    text_dim: str
    on_accent: str
    accent: str
    customer: str
    bot: str
    note: str
    positive: str
    warning: str
    danger: str
    info: str


_DARK = _Palette(
    dark=True,
    surface_1="#12161d",
    surface_2="#181d26",
    surface_3="#202733",
    cursor_surface="#27324a",
    marked_surface="#2a2a3e",
    note_surface="#2a2619",
    find_surface="#5a4a12",
    rule="#343d4d",
    text="#dce2ec",
    text_dim="#98a3b6",
    on_accent="#0d1420",
    accent="#82b1ff",
    customer="#e8c8a0",
    bot="#bda6f5",
    note="#e3c65f",
    positive="#86d39b",
    warning="#f2a65f",
    danger="#ff8b90",
    info="#6fcbdd",
)

_LIGHT = _Palette(
    dark=False,
    surface_1="#f8f7f4",
    surface_2="#f0eeea",
    surface_3="#e6e3dd",
    cursor_surface="#d9e4f8",
    marked_surface="#e6e0f2",
    note_surface="#faf0cd",
    find_surface="#ffe08a",
    rule="#cbc7be",
    text="#23272f",
    text_dim="#565d6b",
    on_accent="#ffffff",
    accent="#2457b8",
    customer="#7a4513",
    bot="#6638b0",
    note="#6d5200",
    positive="#1b6636",
    warning="#8f4300",
    danger="#ad1a2c",
    info="#0a5f75",
)

_CONTRAST = _Palette(
    dark=True,
    surface_1="#000000",
    surface_2="#0b0d10",
    surface_3="#16191f",
    cursor_surface="#14305c",
    marked_surface="#2b2147",
    note_surface="#241f00",
    find_surface="#4d3f00",
    rule="#8a94a6",
    text="#ffffff",
    text_dim="#ccd3de",
    on_accent="#000000",
    accent="#a9caff",
    customer="#ffdcae",
    bot="#d8c8ff",
    note="#ffe45c",
    positive="#9df0b3",
    warning="#ffbf80",
    danger="#ffb0b3",
    info="#8fe6f7",
)

_CONTRAST_LIGHT = _Palette(
    dark=False,
    surface_1="#ffffff",
    surface_2="#f6f6f6",
    surface_3="#ececec",
    cursor_surface="#d3e2ff",
    marked_surface="#e9defb",
    note_surface="#fff5c4",
    find_surface="#ffe27a",
    rule="#5c6470",
    text="#000000",
    text_dim="#353b45",
    on_accent="#ffffff",
    accent="#0b3a8f",
    customer="#5c2f00",
    bot="#4a1f91",
    note="#4c3800",
    positive="#07451d",
    warning="#662d00",
    danger="#83000f",
    info="#004252",
)

_PALETTES = {
    "omni-dark": _DARK,
    "omni-light": _LIGHT,
    "omni-contrast": _CONTRAST,
    "omni-contrast-light": _CONTRAST_LIGHT,
}

THEME_NAMES = tuple(_PALETTES)
"""The names to offer, the default first."""


def register_themes(app: "App[Any]") -> None:
    """Make the four themes known to `app`. Which one is shown stays the caller's choice."""
    for name in THEME_NAMES:
        app.register_theme(theme(name))


def theme(name: str) -> Theme:
    """One of the four themes. Raises KeyError for another name."""
    palette = _PALETTES[name]
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
        variables={**_own_variables(palette), **_framework_variables(palette)},
    )


def variable_defaults(dark: bool = True) -> dict[str, str]:
    """The console's own variables for themes that do not define them."""
    return _own_variables(_DARK if dark else _LIGHT)


def _own_variables(palette: _Palette) -> dict[str, str]:
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


def _framework_variables(palette: _Palette) -> dict[str, str]:
    """What Textual's own widgets read, so that they look at home."""
    selection = Color.parse(palette.accent).with_alpha(0.30).hex
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

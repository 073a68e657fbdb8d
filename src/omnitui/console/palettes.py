"""The colours of the four themes, picked by hand for terminals of 16 million, 256 and 16 colours.

A terminal with fewer colours would show the nearest ones it has, and surfaces that differ by a
shade would fall together while text sinks into them. So each theme has its own colours for each
depth: on 256 from the cube and the greys, on 16 from the standard colours alone. There, surfaces
are one: what is told by a shade elsewhere is told by the bars, rules and words that are always
there too, and a colour whose meaning cannot be read on the others is another one.
"""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace


class Depth(StrEnum):
    """How many colours a terminal shows."""

    TRUE = "truecolor"
    EIGHT_BIT = "256"
    STANDARD = "16"


class Palette(Struct, frozen=True):
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


DARK = Palette(
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

LIGHT = Palette(
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

CONTRAST = Palette(
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

CONTRAST_LIGHT = Palette(
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

DARK_256 = Palette(
    dark=True,
    surface_1="#121212",
    surface_2="#1c1c1c",
    surface_3="#262626",
    cursor_surface="#00005f",
    marked_surface="#3a3a3a",
    note_surface="#303030",
    find_surface="#5f5f00",
    rule="#444444",
    text="#e0e0e0",
    text_dim="#adadad",
    on_accent="#000000",
    accent="#87afff",
    customer="#d7af87",
    bot="#d7afff",
    note="#ffd75f",
    positive="#87d787",
    warning="#ffaf5f",
    danger="#ff8787",
    info="#5fd7d7",
)

LIGHT_256 = Palette(
    dark=False,
    surface_1="#ffffff",
    surface_2="#f5f5f5",
    surface_3="#ebebeb",
    cursor_surface="#d7ffff",
    marked_surface="#d7ffd7",
    note_surface="#ffffd7",
    find_surface="#ffd75f",
    rule="#c2c2c2",
    text="#121212",
    text_dim="#4e4e4e",
    on_accent="#ffffff",
    accent="#005faf",
    customer="#5f0000",
    bot="#5f00af",
    note="#5f5f00",
    positive="#005f00",
    warning="#875f00",
    danger="#af0000",
    info="#005f5f",
)

CONTRAST_256 = Palette(
    dark=True,
    surface_1="#000000",
    surface_2="#121212",
    surface_3="#1c1c1c",
    cursor_surface="#00005f",
    marked_surface="#262626",
    note_surface="#303030",
    find_surface="#005f00",
    rule="#949494",
    text="#ffffff",
    text_dim="#d6d6d6",
    on_accent="#000000",
    accent="#afd7ff",
    customer="#ffd7af",
    bot="#d7d7ff",
    note="#ffff5f",
    positive="#87ffaf",
    warning="#ffd787",
    danger="#ffafaf",
    info="#87ffff",
)

CONTRAST_LIGHT_256 = Palette(
    dark=False,
    surface_1="#ffffff",
    surface_2="#f5f5f5",
    surface_3="#ebebeb",
    cursor_surface="#d7ffff",
    marked_surface="#d7ffd7",
    note_surface="#ffffaf",
    find_surface="#ffd75f",
    rule="#6c6c6c",
    text="#000000",
    text_dim="#303030",
    on_accent="#ffffff",
    accent="#0000af",
    customer="#5f0000",
    bot="#5f0087",
    note="#5f5f00",
    positive="#005f00",
    warning="#87005f",
    danger="#870000",
    info="#005f5f",
)

DARK_16 = Palette(
    dark=True,
    surface_1="#000000",
    surface_2="#000000",
    surface_3="#000000",
    cursor_surface="#0000aa",
    marked_surface="#000000",
    note_surface="#000000",
    find_surface="#aa00aa",
    rule="#555555",
    text="#ffffff",
    text_dim="#aaaaaa",
    on_accent="#000000",
    accent="#55ffff",
    customer="#ffffff",
    bot="#aaaaaa",
    note="#ffff55",
    positive="#55ff55",
    warning="#ffff55",
    # Red cannot be read on blue, where the cursor is.
    danger="#ff55ff",
    info="#55ffff",
)

LIGHT_16 = Palette(
    dark=False,
    surface_1="#ffffff",
    surface_2="#ffffff",
    surface_3="#ffffff",
    cursor_surface="#55ffff",
    marked_surface="#ffffff",
    note_surface="#ffff55",
    find_surface="#ffff55",
    rule="#aaaaaa",
    text="#000000",
    text_dim="#555555",
    on_accent="#ffffff",
    accent="#0000aa",
    customer="#000000",
    bot="#555555",
    note="#000000",
    # Green and brown cannot be read on white.
    positive="#0000aa",
    warning="#aa00aa",
    danger="#aa0000",
    info="#0000aa",
)

CONTRAST_16 = replace(DARK_16, text_dim="#ffffff", bot="#ffffff", rule="#aaaaaa")
CONTRAST_LIGHT_16 = replace(LIGHT_16, text_dim="#000000", bot="#000000", rule="#555555")

PALETTES: dict[str, dict[Depth, Palette]] = {
    "omni-dark": {Depth.TRUE: DARK, Depth.EIGHT_BIT: DARK_256, Depth.STANDARD: DARK_16},
    "omni-light": {Depth.TRUE: LIGHT, Depth.EIGHT_BIT: LIGHT_256, Depth.STANDARD: LIGHT_16},
    "omni-contrast": {
        Depth.TRUE: CONTRAST,
        Depth.EIGHT_BIT: CONTRAST_256,
        Depth.STANDARD: CONTRAST_16,
    },
    "omni-contrast-light": {
        Depth.TRUE: CONTRAST_LIGHT,
        Depth.EIGHT_BIT: CONTRAST_LIGHT_256,
        Depth.STANDARD: CONTRAST_LIGHT_16,
    },
}
"""The themes by name, the default first, each at every depth."""

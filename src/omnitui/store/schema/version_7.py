"""What store version 7 changes, area by area; applied in the order in which they stand below."""

CHANGE_7: tuple[str, ...] = ()

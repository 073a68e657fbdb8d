"""What store version 6 changes, area by area; applied in the order in which they stand below."""

from omnitui.store.schema.traits_6 import TRAITS_6

CHANGE_6 = (*TRAITS_6,)

"""What store version 6 changes, area by area; applied in the order in which they stand below."""

from omnitui.store.schema.traits_6 import TRAITS_6

JOB_TITLES_6 = ("ALTER TABLE customers ADD COLUMN title TEXT NOT NULL DEFAULT ''",)
"""Job titles."""

CHANGE_6 = (*TRAITS_6, *JOB_TITLES_6)

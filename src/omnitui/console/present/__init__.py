"""Presenters: what a thing looks like, as pure functions from values to `Content`.

No app, no clock, no store: time comes in as `now` (epoch ms). Text from outside goes in as plain
segments, never as markup, and is stripped of what a terminal would act on.
"""

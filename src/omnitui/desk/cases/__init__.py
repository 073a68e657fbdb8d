"""Cases: created, changed, resolved, cancelled, merged, and their parents."""

"""Tables of records: out of the store and into it."""

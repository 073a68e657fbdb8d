"""The nouns: frozen structs, enums, ids and errors. The standard library and msgspec only."""

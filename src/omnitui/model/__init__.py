"""The nouns: frozen dataclasses, enums, ids and errors. Standard library only."""

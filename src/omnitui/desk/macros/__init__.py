"""Macros: writing them, running them, undoing one as a whole."""

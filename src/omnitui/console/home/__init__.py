"""Home: the lists of conversations and their preview."""

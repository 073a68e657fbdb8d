"""A language model of one's own: where it is, what it is asked, what became of its drafts."""

"""One conversation on screen: who it is, what was said and is being written, what may help."""

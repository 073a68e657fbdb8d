"""Articles as they are written and given: versions, files, gaps, and what customers get of them."""

"""Records as text: cases, customers, entitlements, articles, what a search has found."""

"""Cases from the first word to the last: made, changed, ended, joined, and under one another."""

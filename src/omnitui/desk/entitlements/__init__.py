"""What customers are owed, and what their cases use of it."""

"""Pure decisions: everything comes in as an argument, the decision goes out as a value."""

"""What the screens are made of: widgets hold view-models and post messages, never the truth."""

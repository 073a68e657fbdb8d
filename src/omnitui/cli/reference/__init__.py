"""The pages of the generated reference, each from the registry or the source."""

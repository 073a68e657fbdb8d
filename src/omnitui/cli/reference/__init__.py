"""The pages of the generated reference, each made from the registry or the source it describes."""

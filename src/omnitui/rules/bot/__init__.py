"""What a virtual agent says and does: values in, values out."""

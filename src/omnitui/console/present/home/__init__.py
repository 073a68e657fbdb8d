"""Home's lists as text: rows, previews, filters."""

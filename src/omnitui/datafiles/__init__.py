"""What administrators write: TOML and Markdown, read into frozen values.

Reading is all this package does. What is wrong in a file is a `DataError` that names the file, the
line, the key, and what to do.
"""

from omnitui.datafiles.decode import folder

__all__ = ["folder"]

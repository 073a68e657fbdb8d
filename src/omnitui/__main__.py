"""`python -m omnitui` is `omnitui`."""

from omnitui.cli import main

if __name__ == "__main__":
    main()

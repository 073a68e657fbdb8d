"""Where the store is, unless somebody says otherwise: `--store`, then `OMNITUI_STORE`, then the
platform's own folder for data.
"""

import os
from pathlib import Path

VARIABLE = "OMNITUI_STORE"


def default_store() -> Path:
    """The store in the platform's folder for data, e.g. `~/.local/share/omnitui/omnitui.db`."""
    import platformdirs

    return platformdirs.user_data_path("omnitui", appauthor=False) / "omnitui.db"


def store_path(given: Path | None = None) -> Path:
    """The store to work on; `given` is what the caller was told on the command line."""
    if given is not None:
        return given
    named = os.environ.get(VARIABLE, "").strip()
    return Path(named).expanduser() if named else default_store()


def preferences_path() -> Path:
    """Where the person's theme and keys are kept."""
    import platformdirs

    return platformdirs.user_config_path("omnitui", appauthor=False) / "console.toml"


def state_folder() -> Path:
    """Where is put what has no place in the store, e.g. `~/.local/state/omnitui`."""
    import platformdirs

    return platformdirs.user_state_path("omnitui", appauthor=False)

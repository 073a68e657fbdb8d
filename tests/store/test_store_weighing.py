"""Articles are weighed by what was asked, however its words are joined."""

from typing import Any

import pytest

from omnitui.model.search import HitKind
from omnitui.rules.typed import parts
from omnitui.store import search
from omnitui.store.engine import Store


@pytest.mark.parametrize("asked", ["wi-fi drops", "Wi-Fi", "wifi drops"])
def test_a_word_with_a_hyphen_is_its_parts_side_by_side_or_the_whole(
    store: Store, rows: Any, asked: str
) -> None:
    joined = rows.article("wifi", "Wifi drops", "Move the wifi box away from the oven.")
    parted = rows.article("wi-fi", "Wi-Fi drops", "Place the wi-fi box higher.")
    rows.article("fiction", "Wine and fiction", "What begins alike is something else.")
    found = [hit.ref for hit in search.find(store, HitKind.ARTICLE, parts(asked))]
    assert set(found) == {joined, parted}

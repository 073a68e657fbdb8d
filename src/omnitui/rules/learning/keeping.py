"""A learner as bytes: with a version and a checksum, so that damaged ones are noticed."""

import math
import sys
import zlib
from array import array
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from omnitui.rules.learning.features import ALWAYS
from omnitui.rules.learning.sureness import Sureness

if TYPE_CHECKING:
    from omnitui.rules.learning.learner import Learner

_MARK = b"omnitui-learner-1\n"
"""The version of the form and of what a text is known by: raise it when either changes."""
_LARGEST = 512 * 2**20
_CHECK = 4


class _Kept(Struct, array_like=True):
    labels: list[str]
    counts: list[int]
    names: list[str]
    rarity: bytes
    weights: list[bytes]
    sureness: Sureness


def packed(learner: "Learner") -> bytes:
    """The bytes of a learner."""
    kept = _Kept(
        learner.labels,
        learner.counts,
        list(learner.vocabulary),
        _out(learner.rarity),
        [_out(one) for one in learner.weights],
        learner.sureness,
    )
    body = zlib.compress(msgspec.msgpack.encode(kept), 1)
    return _MARK + zlib.crc32(body).to_bytes(_CHECK, "big") + body


def unpack(learner: "Learner", kept: bytes) -> None:
    """Fill a learner from its bytes; raises `ValueError`."""
    if not kept.startswith(_MARK):
        raise ValueError("This is no learner of this version.")
    head, body = len(_MARK), kept[len(_MARK) + _CHECK :]
    if zlib.crc32(body).to_bytes(_CHECK, "big") != kept[head : head + _CHECK]:
        raise ValueError("The learner's bytes are damaged.")
    try:
        reader = zlib.decompressobj()
        found = msgspec.msgpack.decode(reader.decompress(body, _LARGEST), type=_Kept)
        rarity, weights = _in(found.rarity), [_in(one) for one in found.weights]
    except (zlib.error, ValueError) as error:  # msgspec's errors are ValueErrors
        raise ValueError("The learner's bytes are damaged.") from error
    vocabulary = {name: place for place, name in enumerate(found.names)}
    fits = (
        len(vocabulary) == len(found.names) == len(rarity)
        and len(found.labels) == len(set(found.labels)) == len(found.counts) == len(weights)
        and all(len(one) == len(rarity) for one in weights)
        and vocabulary.get("") == ALWAYS
        and all(math.isfinite(sum(one)) for one in (rarity, *weights))
        and all(math.isfinite(one) for one in msgspec.structs.astuple(found.sureness))
    )
    if not fits:
        raise ValueError("The learner's bytes do not fit together.")
    learner.labels, learner.counts = found.labels, found.counts
    learner.vocabulary, learner.rarity = vocabulary, rarity
    learner.weights, learner.sureness = weights, found.sureness


def _out(numbers: "array[float]") -> bytes:
    """Numbers as little-endian floats of four bytes, whatever the machine."""
    if sys.byteorder == "big":
        numbers = array("f", numbers)
        numbers.byteswap()
    return numbers.tobytes()


def _in(kept: bytes) -> "array[float]":
    numbers = array("f")
    numbers.frombytes(kept)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers

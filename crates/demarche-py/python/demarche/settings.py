"""Tables of one's own, as coders take them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | None


def _all(paths: Paths) -> list[Path]:
    if paths is None:
        return []
    return [Path(paths)] if isinstance(paths, (str, os.PathLike)) else [Path(path) for path in paths]


def _text(path: Path) -> tuple[str, str]:
    return str(path), path.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Settings:
    """What a coder is made of beside what is shipped: texts and not files, so that they can be sent to other machines."""

    lexicons: tuple[tuple[tuple[str, str], ...], ...] = ()
    actors: tuple[tuple[str, str], ...] = ()
    min_confidence: float | None = None
    fast: bool = False

    @classmethod
    def read(cls, lexicon: Paths, actors: Paths, min_confidence: float | None, fast: bool = False) -> Settings:
        """Reads the files: of a lexicon's folder the TOML files, by name."""
        if min_confidence is not None and not 0 <= min_confidence <= 1:
            raise ValueError(f"min_confidence is {min_confidence}; it must be from 0 to 1")
        lexicons = []
        for folder in _all(lexicon):
            if not folder.is_dir():
                raise FileNotFoundError(f"lexicon: {folder} is no folder")
            lexicons.append(tuple(_text(path) for path in sorted(folder.glob("*.toml"))))
        return cls(tuple(lexicons), tuple(_text(path) for path in _all(actors)), min_confidence, fast)

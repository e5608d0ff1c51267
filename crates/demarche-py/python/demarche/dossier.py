"""From many records to where a negotiation stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from . import _demarche
from .record import Record


class Dossier:
    """Positions, offers and their fate, commitments, meetings and documents, each line with its sentence."""

    def __init__(self, text: str, markdown: str) -> None:
        self._json = text
        self._markdown = markdown

    def to_json(self) -> str:
        """As `demarche dossier --format json` has it."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        return json.loads(self._json)

    def to_markdown(self) -> str:
        """As `demarche dossier` writes it."""
        return self._markdown

    def __repr__(self) -> str:
        return self._markdown

    def _repr_markdown_(self) -> str:
        return self._markdown


def dossier(records: Iterable[Record | str], between: Sequence[str] = ()) -> Dossier:
    """The dossier of records, or of their JSON; `between` names parties by three letters, by default the two most told of."""
    texts = [record if isinstance(record, str) else record.to_json() for record in records]
    return Dossier(*_demarche.dossier(texts, [code.strip().upper() for code in between]))

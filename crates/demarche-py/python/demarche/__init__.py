"""Demarche reads news and writes down who did what to whom, when, where, whether it happened, and who says so.

    >>> import demarche
    >>> coder = demarche.Coder()
    >>> coder.code("Iran rejected the offer of the United States on Monday.", date="2019-01-04")
    <Record of story:1 (2019-01-04): 1 events>
      e1 REJECT (happened): Iran (IRN) → United States (USA), 2018-12-31

Many stories go in and out as Arrow tables, with `Coder.code_arrow`; a whole crawl is coded with `demarche.spark`.
"""

from ._demarche import Reading, Table, __version__, read
from .coder import Coder, Failed
from .dossier import Dossier, dossier
from .record import Record

__all__ = ["Coder", "Dossier", "Failed", "Reading", "Record", "Table", "__version__", "dossier", "read"]

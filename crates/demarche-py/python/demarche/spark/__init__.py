"""Stories over many machines, by Apache Spark: a data frame of them, or a whole crawl.

    from demarche.spark import code, events

    coded = code(df, text="body", date="day", id="url")
    events(coded).write.parquet("events")

Workers need the wheel and pyarrow, and nothing else. What a story's record is does not depend on how the stories lie in partitions; it is byte
for byte what the command writes. `demarche-spark` is the ready job for a crawl: `demarche.spark.job`.
"""

from .coding import code, code_read, events
from .copies import copies
from .crawl import read_warc
from .links import link

__all__ = ["code", "code_read", "copies", "events", "link", "read_warc"]

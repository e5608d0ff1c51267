"""Makes the reader's weights from data. See training/README.md."""

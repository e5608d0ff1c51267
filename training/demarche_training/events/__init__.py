"""Learning what is marked: from marked stories to the network that reads events."""

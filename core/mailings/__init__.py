"""One message to everybody in a segment: counted first, then sent part by part, each once."""

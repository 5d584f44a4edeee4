"""One file per format: bytes to text, by a kept library, inside the confined process only."""

"""What one applies to: its life, the questions it asks, and its import from feeds."""

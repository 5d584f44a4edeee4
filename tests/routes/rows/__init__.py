"""What the world has besides its season: each file adds the rows of one topic."""

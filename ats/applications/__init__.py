"""Applications: applying, moving, ranking, and the marks that a team puts on them."""

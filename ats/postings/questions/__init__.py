"""What a posting asks of those who apply, in versions, and whether an answer is one."""

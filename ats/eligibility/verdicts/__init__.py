"""What comes of the rules: at the door, for one person, for a campaign, before and after a change."""

"""How people are chosen: pipelines, assessments, scorecards, interviews, offers."""

"""A recruiter's day: the list of applications, their numbers, and who looks at which next."""

"""The rights of the people whose data this is: consent, access, rectification, erasure, retention."""

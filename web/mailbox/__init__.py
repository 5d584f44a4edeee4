"""The page `/mailbox/`: the mail of a site that sends none out, for demos and development."""

"""From a delivery to a mail: variables, templates, wording, quiet hours."""

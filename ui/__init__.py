"""Shows the loop to a person: the page and the command line."""

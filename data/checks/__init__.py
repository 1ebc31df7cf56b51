"""What code can see in a text: pure functions, each with a name that is stored."""

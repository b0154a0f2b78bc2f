"""The score: a worked example as JSON that the browser plays, and the check of it."""

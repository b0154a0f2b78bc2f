"""Views of a worked example; none imports another's drawing code, and nothing below imports a view."""

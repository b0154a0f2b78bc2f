"""The worked examples that come with the package, as data."""

"""Plain, ordinary implementations of two of our pages, measured beside ours."""

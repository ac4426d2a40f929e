"""Libraries and networks that we do not own, each behind a small surface of ours."""

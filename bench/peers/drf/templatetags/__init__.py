"""What the templates of the peer need."""

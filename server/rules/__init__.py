"""Floor 0: what the law and the counties say, as pure functions of values and a moment."""

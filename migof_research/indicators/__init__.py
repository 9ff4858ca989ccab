"""What was answered: one module a source, each returning the same tidy tables."""

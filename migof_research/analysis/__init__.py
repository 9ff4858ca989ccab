"""Questions asked of scores and bands; each takes tidy tables and returns one."""

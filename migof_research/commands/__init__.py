"""Commands of ``migof`` beside studies and run, a topic a module; each is added to the command line by `migof_research.cli`."""

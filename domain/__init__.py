"""The nouns of the newspaper and their laws; standard library only, no I/O."""

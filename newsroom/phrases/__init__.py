"""The phrase book: every sentence of ours as a template, and the choice among several ways to say a thing."""

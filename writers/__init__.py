"""Prose by a language model behind any OpenAI-compatible endpoint: a plan in, sentences with slots out."""

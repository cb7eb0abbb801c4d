"""Hugging Face: models, datasets and Spaces by trending score; the daily papers."""

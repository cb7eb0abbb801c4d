"""OSS Insight: what trends on GitHub by another count, as a second opinion."""

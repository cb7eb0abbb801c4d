"""What is worth printing today: newsworthiness, the memory of the last issues, and the choice under caps."""

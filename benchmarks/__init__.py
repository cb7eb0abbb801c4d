"""Benchmarks: one command each, printing figures and ratios; never run as tests."""

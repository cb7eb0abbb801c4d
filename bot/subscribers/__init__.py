"""Subscribing: coming, choosing what comes and when, being told what is kept, and leaving."""

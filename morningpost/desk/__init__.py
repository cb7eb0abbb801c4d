"""The editorial desk at work: a morning gathered, written, checked, edited and corrected, in a process of its own."""

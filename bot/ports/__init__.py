"""What the conversation asks of the house: small doors, joined in the wiring."""

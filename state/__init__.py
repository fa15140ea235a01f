"""What a screen remembers, and what it may ask for."""

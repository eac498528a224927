"""What the model says. Generated: written again each time."""

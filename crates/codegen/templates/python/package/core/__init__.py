"""What makes services of models: nothing in here knows what this one is about."""

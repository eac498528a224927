"""TODO List: an event-sourced service."""

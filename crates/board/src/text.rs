//! The text as a whole: splices of the text pane and reconciling with a new text, as plans.

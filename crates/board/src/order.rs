//! Order keys: a jittered midpoint for the first line of a run, then that key as prefix and a counter.

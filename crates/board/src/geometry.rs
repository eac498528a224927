//! Rectangles, hit tests, bounds, fitting a view. Pure.

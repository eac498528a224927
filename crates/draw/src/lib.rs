//! Pictures of a board as text: SVG as the page shows the wall, and the model as a Mermaid or Graphviz diagram.
//!
//! Invariants: whatever people wrote, the SVG is well-formed XML without scripts, links or foreign hosts, and
//! `source` gives back the Event Markdown it shows (without characters that XML cannot hold); Mermaid and Graphviz
//! text parses.
//! The other way round, `from_mermaid` reads such diagrams.
//! Not here: where stickies lie (`board::layout`), and pixels.

mod colour;
mod cover;
mod diagram;
mod face;
mod graphviz;
mod import;
mod mermaid;
mod metrics;
mod paper;
mod picture;
mod regions;
mod rows;
mod source;
mod wall;
mod xml;

pub use colour::Theme;
pub use graphviz::graphviz;
pub use import::{NoDiagram, Why, from_mermaid};
pub use mermaid::mermaid;
pub use picture::{svg, title};
pub use rows::rows;
pub use source::source;
pub use wall::wall;

//! Chapters, lanes, context outlines and pivotal lines: what lies under the stickies.

use crate::colour::Theme;
use crate::xml::Xml;
use board::{Board, layout::Layout};

pub fn draw(_xml: &mut Xml, _board: &Board, _layout: &Layout, _theme: Theme) {}

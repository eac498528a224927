//! Chapters, lanes, context outlines and pivotal lines: what lies under the stickies.

use crate::colour::{Theme, mixed};
use crate::paper;
use crate::xml::Xml;
use board::layout::{Frame, Layout, Region, Shape};
use emd::Kind;

pub fn draw(xml: &mut Xml, layout: &Layout, theme: Theme) {
    for region in &layout.regions {
        part(xml, region, theme);
    }
}

fn part(xml: &mut Xml, Region { shape, frame, .. }: &Region, theme: Theme) {
    let palette = theme.palette();
    match shape {
        Shape::Chapter => {
            paper::rect(xml, frame, 4.0, &[("fill", palette.accent.into()), ("fill-opacity", "0.04".into())]);
            let edge = Frame { height: 3.0, ..*frame };
            let colour = mixed(palette.accent, palette.canvas, 0.3);
            paper::rect(xml, &edge, 1.5, &[("fill", (&colour).into())]);
        }
        Shape::Lane => {
            paper::rect(xml, frame, 6.0, &[("fill", palette.ink.into()), ("fill-opacity", "0.045".into())]);
            for y in [frame.at.y, frame.bottom() - 1.0] {
                let edge = Frame::new(frame.at.x, y, frame.width, 1.0);
                paper::rect(
                    xml,
                    &edge,
                    0.0,
                    &[("fill", palette.edge.into()), ("fill-opacity", "0.55".into())],
                );
            }
        }
        Shape::Context => {
            let outline = [
                ("fill", "none".into()),
                ("stroke", palette.edge.into()),
                ("stroke-width", 2.0.into()),
                ("stroke-dasharray", "7 5".into()),
                ("stroke-opacity", "0.85".into()),
            ];
            paper::rect(xml, frame, 22.0, &outline);
        }
        Shape::Pivotal => {
            let colour = theme.edge(theme.fill(Kind::Event).unwrap_or(palette.accent));
            paper::rect(xml, frame, 2.0, &[("fill", (&colour).into())]);
        }
    }
}

//! The paper of a sticky: its shape, shadow, light and edge, which differ by kind as on the page.

use crate::colour::{Theme, mixed};
use crate::xml::{Value, Xml};
use board::layout::Frame;
use emd::Kind;

const RADIUS: f64 = 3.0;
const ROUND: f64 = 26.0;

/// The radius of each corner, clockwise from the upper left.
fn corners(kind: Kind) -> [f64; 4] {
    match kind {
        Kind::Policy => [RADIUS, RADIUS, ROUND, RADIUS],
        Kind::Opportunity => [ROUND, ROUND, ROUND, RADIUS],
        Kind::Screen => [6.0; 4],
        _ => [RADIUS; 4],
    }
}

fn outline(frame: &Frame, [a, b, c, d]: [f64; 4]) -> String {
    let (x, y, right, bottom) = (frame.at.x, frame.at.y, frame.right(), frame.bottom());
    format!(
        "M{} {y}H{}A{b} {b} 0 0 1 {right} {}V{}A{c} {c} 0 0 1 {} {bottom}H{}A{d} {d} 0 0 1 {x} {}V{}A{a} {a} 0 0 1 {} {y}z",
        x + a,
        right - b,
        y + b,
        bottom - c,
        right - c,
        x + d,
        bottom - d,
        y + a,
        x + a,
    )
}

/// Draws the paper of a kind that has one; the rest of the wall is `picture`'s.
pub fn draw(xml: &mut Xml, kind: Kind, frame: &Frame, fill: &str, theme: Theme) {
    let path = outline(frame, corners(kind));
    let shadow = if theme == Theme::Light { "0.13" } else { "0.45" };
    xml.empty(
        "path",
        &[
            ("d", (&path).into()),
            ("fill", "#1C1408".into()),
            ("opacity", shadow.into()),
            ("transform", "translate(0 3)".into()),
        ],
    );
    let edge = if kind == Kind::Screen { theme.palette().edge.to_owned() } else { theme.edge(fill) };
    let line = if kind == Kind::Constraint { 2.0 } else { 1.0 };
    xml.empty(
        "path",
        &[
            ("d", (&path).into()),
            ("fill", fill.into()),
            ("stroke", (&edge).into()),
            ("stroke-width", line.into()),
        ],
    );
    // The light of the room.
    xml.empty("path", &[("d", (&path).into()), ("fill", "url(#squall-light)".into())]);
    marks(xml, kind, frame, &edge, fill);
}

/// What else tells the kinds apart.
fn marks(xml: &mut Xml, kind: Kind, frame: &Frame, edge: &str, fill: &str) {
    let (x, y) = (frame.at.x, frame.at.y);
    match kind {
        Kind::ReadModel => {
            let d = format!("M{x} {}H{}", y + 8.5, frame.right());
            xml.empty("path", &[("d", (&d).into()), ("stroke", edge.into())]);
        }
        Kind::System => {
            let inner = outline(&frame.grown(-3.5), [1.0; 4]);
            xml.empty("path", &[("d", (&inner).into()), ("fill", "none".into()), ("stroke", edge.into())]);
        }
        Kind::Term => {
            let edge = mixed(edge, "#000000", 0.12);
            bar(xml, frame, 6.0, &edge);
        }
        Kind::Screen => {
            let bar = format!(
                "M{} {y}H{}A6 6 0 0 1 {} {}V{}H{x}V{}A6 6 0 0 1 {} {y}z",
                x + 6.0,
                frame.right() - 6.0,
                frame.right(),
                y + 6.0,
                y + 24.0,
                y + 6.0,
                x + 6.0
            );
            let shade = mixed(fill, "#000000", 0.1);
            xml.empty("path", &[("d", (&bar).into()), ("fill", (&shade).into()), ("stroke", edge.into())]);
            for at in [14.0, 26.0, 38.0] {
                xml.empty(
                    "circle",
                    &[
                        ("cx", (x + at).into()),
                        ("cy", (y + 12.0).into()),
                        ("r", 3.2.into()),
                        ("fill", edge.into()),
                    ],
                );
            }
        }
        _ => {}
    }
}

/// A thick left edge.
pub fn bar(xml: &mut Xml, frame: &Frame, wide: f64, colour: &str) {
    let rect = Frame::new(frame.at.x, frame.at.y, wide, frame.height);
    self::rect(xml, &rect, 2.0, &[("fill", colour.into())]);
}

pub fn rect(xml: &mut Xml, frame: &Frame, radius: f64, more: &[(&str, Value<'_>)]) {
    let mut attributes: Vec<(&str, Value<'_>)> = vec![
        ("x", frame.at.x.into()),
        ("y", frame.at.y.into()),
        ("width", frame.width.max(0.0).into()),
        ("height", frame.height.max(0.0).into()),
    ];
    if radius > 0.0 {
        attributes.push(("rx", radius.into()));
    }
    attributes.extend_from_slice(more);
    xml.empty("rect", &attributes);
}

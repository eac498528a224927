//! The SVG of a whole wall.
//!
//! Invariant: headings, which may be wider than their frames, end where the longest frame does.

use crate::colour::{NOTE_INK, Theme, mixed};
use crate::cover::{Cover, Covers};
use crate::face::{Face, Parts};
use crate::metrics::{balanced, clipped, width, words_fit, wrap};
use crate::xml::Xml;
use crate::{paper, regions, source};
use board::geometry::bounds;
use board::layout::{Frame, Layout};
use board::{Board, Line};
use emd::Kind;

/// The page's fonts, with what stands in for them elsewhere.
const FONTS: &str =
    "Inter Variable, Inter, system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif";
const MARGIN: f64 = 48.0;
/// What an empty wall is drawn as.
const EMPTY: Frame = Frame::new(0.0, 0.0, 600.0, 300.0);
const LINE: f64 = 1.25;
/// No heading is wider, as none has a wider frame: a picture is not as wide as somebody can write.
const LONGEST: f64 = 3800.0;

/// What a board is called: its first heading.
pub fn title(board: &Board) -> Option<String> {
    let named = |text: &str| {
        let line = emd::line(text);
        (line.kind == Kind::Heading(1) && !line.name.text.is_empty()).then(|| line.name.text.to_string())
    };
    board.texts().find_map(named)
}

/// Draws the wall as the page shows it, near enough to read.
pub fn svg(board: &Board, layout: &Layout, theme: Theme) -> String {
    let parts = Parts::of(board);
    let covers = Covers::of(board, layout);
    let stacking = layout.stacking(board);
    let shown = || {
        stacking.iter().filter_map(|id| {
            let (line, frame) = (board.line(id)?, layout.frames.get(id)?);
            Some((id, Face::of(board, id, line, &parts), line, *frame))
        })
    };
    let regions = layout.regions.iter().map(|region| region.frame);
    let reach = shown().map(|(_, face, _, frame)| reach(&face, frame));
    let extents: Vec<Frame> = reach.chain(regions).collect();
    let all = bounds(&extents).map_or(EMPTY, |all| all.grown(MARGIN));
    let mut xml = Xml::default();
    let view = format!("{} {} {} {}", all.at.x, all.at.y, all.width, all.height);
    xml.open(
        "svg",
        &[
            ("xmlns", "http://www.w3.org/2000/svg".into()),
            ("viewBox", (&view).into()),
            ("width", all.width.into()),
            ("height", all.height.into()),
            ("role", "img".into()),
            ("font-family", FONTS.into()),
        ],
    );
    xml.leaf("title", &[], title(board).as_deref().unwrap_or("Event storming"));
    xml.leaf("desc", &[], &description(layout.order.len()));
    source::write(&mut xml, &board.text());
    ground(&mut xml, &all, theme);
    regions::draw(&mut xml, layout, theme);
    for (id, face, line, frame) in shown() {
        sticky(&mut xml, &face, line, &frame, covers.on(id, &frame), theme);
    }
    xml.close("svg");
    xml.finish()
}

fn description(stickies: usize) -> String {
    match stickies {
        1 => "An event storming board with one sticky.".to_owned(),
        count => format!("An event storming board with {count} stickies, drawn by Squall."),
    }
}

/// How far a sticky reaches. Headings can be longer than their frames, and in some fonts than reckoned.
fn reach(face: &Face, frame: Frame) -> Frame {
    let Kind::Heading(_) = face.kind else { return frame };
    let words = (width(&face.name, heading(face.kind)) * 1.15).min(LONGEST);
    Frame { width: frame.width.max(words), ..frame }
}

/// The canvas with its dots, and what stickies refer to.
fn ground(xml: &mut Xml, all: &Frame, theme: Theme) {
    let palette = theme.palette();
    xml.open("defs", &[]);
    xml.open("linearGradient", &[("id", "squall-light".into()), ("x2", "0".into()), ("y2", "1".into())]);
    for (offset, colour, opacity) in [
        ("0", "#FFFFFF", "0.18"),
        ("0.22", "#FFFFFF", "0.1"),
        ("0.58", "#FFFFFF", "0"),
        ("1", "#000000", "0.045"),
    ] {
        let stop =
            [("offset", offset.into()), ("stop-color", colour.into()), ("stop-opacity", opacity.into())];
        xml.empty("stop", &stop);
    }
    xml.close("linearGradient");
    let size = || 24.0.into();
    xml.open(
        "pattern",
        &[
            ("id", "squall-dots".into()),
            ("width", size()),
            ("height", size()),
            ("patternUnits", "userSpaceOnUse".into()),
        ],
    );
    xml.empty(
        "circle",
        &[("cx", 1.0.into()), ("cy", 1.0.into()), ("r", 1.0.into()), ("fill", palette.dot.into())],
    );
    xml.close("pattern");
    xml.close("defs");
    paper::rect(xml, all, 0.0, &[("fill", palette.canvas.into())]);
    paper::rect(xml, all, 0.0, &[("fill", "url(#squall-dots)".into())]);
}

fn sticky(xml: &mut Xml, face: &Face, line: &Line, frame: &Frame, cover: Cover, theme: Theme) {
    let centre = frame.centre();
    let turn = format!("rotate(-6 {} {})", centre.x, centre.y);
    let turned = face.kind == Kind::Hotspot && !face.resolved;
    let told = format!("{}: {}", face.word(), face.name);
    match turned {
        true => xml.open("g", &[("transform", (&turn).into())]),
        false => xml.open("g", &[]),
    }
    if !face.word().is_empty() {
        xml.leaf("title", &[], &told);
    }
    match face.kind {
        Kind::Heading(_) => heading_text(xml, face, frame, theme),
        Kind::Chapter | Kind::Lane | Kind::Context => sign(xml, face, frame, theme),
        Kind::Scenario(_) => scenario(xml, face, frame, theme),
        _ => match theme.fill(face.kind) {
            Some(fill) => note(xml, face, frame, cover, fill, theme),
            None => remark(xml, line, face, frame, theme),
        },
    }
    xml.close("g");
}

const fn heading(kind: Kind) -> f64 {
    if let Kind::Heading(1) = kind { 34.0 } else { 24.0 }
}

fn heading_text(xml: &mut Xml, face: &Face, frame: &Frame, theme: Theme) {
    let size = heading(face.kind);
    let text =
        Text { x: frame.at.x + 8.0, size, weight: "700", colour: theme.palette().ink, anchor: "start" };
    text.write(xml, &clipped(&face.name, LONGEST - 16.0, size), frame.centre().y + size * 0.36);
}

/// The title of a chapter, a lane or a context, on the edge of its part of the wall.
fn sign(xml: &mut Xml, face: &Face, frame: &Frame, theme: Theme) {
    let palette = theme.palette();
    let dashes = if face.kind == Kind::Context { "5 3" } else { "none" };
    let paper = [
        ("fill", palette.panel.into()),
        ("fill-opacity", "0.82".into()),
        ("stroke", palette.edge.into()),
        ("stroke-dasharray", dashes.into()),
    ];
    paper::rect(xml, frame, 8.0, &paper);
    paper::bar(xml, frame, 5.0, if face.kind == Kind::Chapter { palette.accent } else { palette.edge });
    icon(xml, face.icon(), frame.at.x + 14.0, frame.centre().y - 8.0, 16.0, palette.soft_ink);
    let text = Text { x: frame.at.x + 38.0, size: 17.0, weight: "600", colour: palette.ink, anchor: "start" };
    text.write(xml, &clipped(&face.name, frame.width - 46.0, 17.0), frame.centre().y + 6.0);
}

/// A scenario is one card: its title, and under it what is given, what happens and what follows.
fn scenario(xml: &mut Xml, face: &Face, frame: &Frame, theme: Theme) {
    let palette = theme.palette();
    paper::rect(xml, frame, 8.0, &[("fill", palette.panel.into()), ("stroke", palette.edge.into())]);
    let (left, room) = (frame.at.x + 14.0, frame.width - 28.0);
    let text = Text { x: left, size: 15.0, weight: "600", colour: palette.ink, anchor: "start" };
    let title = cut(wrap(&face.name, room, 15.0), 2, room, 15.0);
    for (nth, line) in title.iter().enumerate() {
        text.write(xml, line, frame.at.y + 26.0 + 19.0 * nth as f64);
    }
    let word = Text { size: 12.0, colour: palette.soft_ink, ..text };
    let rest = Text { x: left + 50.0, size: 12.0, weight: "400", ..text };
    let fits = ((frame.height - 86.0) / 20.0).max(0.0) as usize;
    for (nth, (step, words)) in face.steps.iter().take(fits).enumerate() {
        let base = frame.at.y + 70.0 + 20.0 * nth as f64;
        word.write(xml, step, base);
        rest.write(xml, &clipped(words, room - 50.0, 12.0), base);
    }
    let foot = Text { size: 10.5, colour: palette.soft_ink, ..text };
    foot.write(xml, "SCENARIO", frame.bottom() - 11.0);
}

/// A remark on the wall: no paper of its own.
fn remark(xml: &mut Xml, line: &Line, face: &Face, frame: &Frame, theme: Theme) {
    let palette = theme.palette();
    let dashes = [
        ("fill", "none".into()),
        ("stroke", palette.edge.into()),
        ("stroke-opacity", "0.6".into()),
        ("stroke-dasharray", "4 3".into()),
    ];
    paper::rect(xml, frame, 6.0, &dashes);
    let shown = if face.name.is_empty() { line.text.trim() } else { &face.name };
    let (size, room) = (14.0, frame.width - 20.0);
    let fits = ((frame.height - 20.0) / (size * LINE)) as usize;
    let lines = cut(wrap(shown, room, size), fits, room, size);
    let text = Text { x: frame.at.x + 10.0, size, weight: "400", colour: palette.ink, anchor: "start" };
    for (nth, line) in lines.iter().enumerate() {
        text.write(xml, line, frame.at.y + 10.0 + size * (LINE * nth as f64 + LINE / 2.0 + 0.364));
    }
}

/// The first lines, the last of them with dots where more would follow.
fn cut(mut lines: Vec<String>, fits: usize, room: f64, size: f64) -> Vec<String> {
    if lines.len() > fits.max(1) {
        lines.truncate(fits.max(1));
        if let Some(last) = lines.last_mut() {
            *last = clipped(&format!("{last}…………"), room, size).replace("…………", "…");
        }
    }
    lines
}

/// The measures of a sticky's inside.
struct Inside {
    pad: f64,
    foot: f64,
    small: f64,
}

fn note(xml: &mut Xml, face: &Face, frame: &Frame, cover: Cover, fill: &str, theme: Theme) {
    // Closed, a hotspot lies straight and is pale.
    let pale = mixed(fill, theme.palette().panel, 0.74);
    let (fill, ink) = if face.resolved { (pale.as_str(), theme.palette().ink) } else { (fill, NOTE_INK) };
    paper::draw(xml, face.kind, frame, fill, theme);
    if face.resolved {
        let colour = theme.fill(face.kind).unwrap_or(fill);
        let edge = [("fill", "none".into()), ("stroke", colour.into()), ("stroke-width", "1.5".into())];
        paper::rect(xml, frame, 3.0, &edge);
    }
    let inside = match face.kind {
        Kind::Actor => Inside { pad: 8.0, foot: 20.0, small: 9.5 },
        _ => Inside { pad: 14.0, foot: 26.0, small: 10.5 },
    };
    let soft = mixed(ink, fill, 0.12);
    // Beside what lies on the lower left corner, and on the upper right one.
    let aside = (cover.left - 8.0).max(0.0);
    let lower = Frame::new(frame.at.x + aside, frame.at.y, frame.width - aside, frame.height);
    let upper = Frame { width: frame.width - (cover.right - 10.0).max(0.0), ..*frame };
    foot(xml, face, &lower, &inside, &soft);
    let end = frame.bottom() - inside.foot;
    let bottom = chips(xml, &face.chips, &lower, end, ink, fill);
    let bottom = properties(xml, &face.properties, &lower, bottom, &soft);
    let bottom = bottom.min(end - (cover.bottom - 24.0).max(0.0));
    let top = frame.at.y + if face.kind == Kind::Screen { 34.0 } else { inside.pad };
    name(xml, face, &upper, &inside, top, bottom, ink);
}

fn foot(xml: &mut Xml, face: &Face, frame: &Frame, inside: &Inside, colour: &str) {
    let round = matches!(face.kind, Kind::Opportunity);
    let left = frame.at.x
        + if round {
            16.0
        } else if face.kind == Kind::Actor {
            8.0
        } else {
            12.0
        };
    let right =
        frame.right() - if matches!(face.kind, Kind::Opportunity | Kind::Policy) { 24.0 } else { 12.0 };
    let base = frame.bottom() - if face.kind == Kind::Actor { 8.0 } else { 11.0 };
    icon(xml, face.icon(), left, base - 10.5, 13.0, colour);
    let text = Text { x: left + 17.0, size: inside.small, weight: "600", colour, anchor: "start" };
    text.write(xml, &face.word().to_uppercase(), base);
    if face.kind != Kind::Actor && !face.author.is_empty() {
        let text = Text { x: right, anchor: "end", ..text };
        text.write(xml, &clipped(&face.author, 40.0, inside.small), base);
    }
}

/// Annotations as little strips over the foot, at most three; answers where the room above them ends.
fn chips(xml: &mut Xml, chips: &[String], frame: &Frame, mut bottom: f64, ink: &str, fill: &str) -> f64 {
    const HEIGHT: f64 = 17.0;
    let mut shown: Vec<String> = chips.iter().take(if chips.len() > 3 { 2 } else { 3 }).cloned().collect();
    if chips.len() > 3 {
        shown.push(format!("+{} more", chips.len() - 2));
    }
    let ground = mixed(fill, "#FFFFFF", 0.45);
    for chip in shown.iter().rev() {
        let words = clipped(chip, frame.width - 40.0, 10.5);
        let wide = (width(&words, 10.5) * 1.04 + 14.0).min(frame.width - 24.0);
        let strip = Frame::new(frame.centre().x - wide / 2.0, bottom - HEIGHT, wide, HEIGHT - 2.0);
        paper::rect(xml, &strip, 7.5, &[("fill", (&ground).into())]);
        let text = Text { x: strip.centre().x, size: 10.5, weight: "500", colour: ink, anchor: "middle" };
        text.write(xml, &words, strip.centre().y + 3.8);
        bottom -= HEIGHT;
    }
    bottom
}

/// Properties as one list of at most two lines; answers where the room above them ends.
fn properties(xml: &mut Xml, properties: &[String], frame: &Frame, bottom: f64, colour: &str) -> f64 {
    if properties.is_empty() {
        return bottom;
    }
    let (size, room) = (11.5, frame.width - 28.0);
    let lines = cut(balanced(&properties.join(", "), room, size), 2, room, size);
    let top = bottom - 4.0 - lines.len() as f64 * size * 1.35;
    let text = Text { x: frame.centre().x, size, weight: "400", colour, anchor: "middle" };
    for (nth, line) in lines.iter().enumerate() {
        text.write(xml, line, top + size * (1.35 * nth as f64 + 1.04));
    }
    top - 2.0
}

/// Longer names are set smaller: by their length, and further where a word or the whole has no room.
fn name(xml: &mut Xml, face: &Face, frame: &Frame, inside: &Inside, top: f64, bottom: f64, ink: &str) {
    let (room, high) = (frame.width - 2.0 * inside.pad, (bottom - top).max(0.0));
    let (size, lines) = set(&face.name, face.kind, room, high);
    let lines = cut(lines, (high / (size * LINE)) as usize, room, size);
    let start = top + (high - lines.len() as f64 * size * LINE) / 2.0;
    let text = Text { x: frame.centre().x, size, weight: "500", colour: ink, anchor: "middle" };
    for (nth, line) in lines.iter().enumerate() {
        text.write(xml, line, start + size * (LINE * nth as f64 + LINE / 2.0 + 0.364));
    }
}

const SIZES: [f64; 6] = [24.0, 21.0, 18.0, 16.0, 14.0, 12.0];

fn set(name: &str, kind: Kind, room: f64, high: f64) -> (f64, Vec<String>) {
    let by_length = match name.chars().count() {
        _ if matches!(kind, Kind::Actor | Kind::Term) => 4,
        0..14 => 0,
        14..24 => 1,
        24..40 => 2,
        40..80 => 3,
        _ => 4,
    };
    for size in &SIZES[by_length..] {
        let lines = balanced(name, room, *size);
        if words_fit(name, room, *size) && lines.len() as f64 * size * LINE <= high + 1.0 {
            return (*size, lines);
        }
    }
    (SIZES[5], wrap(name, room, SIZES[5]))
}

#[derive(Clone, Copy)]
struct Text<'a> {
    x: f64,
    size: f64,
    weight: &'static str,
    colour: &'a str,
    anchor: &'static str,
}

impl Text<'_> {
    fn write(&self, xml: &mut Xml, words: &str, y: f64) {
        xml.leaf(
            "text",
            &[
                ("x", self.x.into()),
                ("y", y.into()),
                ("font-size", self.size.into()),
                ("font-weight", self.weight.into()),
                ("fill", self.colour.into()),
                ("text-anchor", self.anchor.into()),
            ],
            words,
        );
    }
}

fn icon(xml: &mut Xml, outline: &str, x: f64, y: f64, size: f64, colour: &str) {
    let place = format!("translate({x} {y}) scale({})", size / 20.0);
    xml.empty(
        "path",
        &[
            ("d", outline.into()),
            ("transform", (&place).into()),
            ("fill", "none".into()),
            ("stroke", colour.into()),
            ("stroke-width", "1.75".into()),
            ("stroke-linecap", "round".into()),
            ("stroke-linejoin", "round".into()),
        ],
    );
}

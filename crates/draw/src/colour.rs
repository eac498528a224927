//! The page's colours. A test holds them against its style sheets.

use emd::Kind;

/// Light or dark paper.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Theme {
    #[default]
    Light,
    Dark,
}

/// The colours of everything that is no sticky.
pub struct Palette {
    pub canvas: &'static str,
    pub dot: &'static str,
    pub panel: &'static str,
    pub ink: &'static str,
    pub soft_ink: &'static str,
    pub edge: &'static str,
    pub accent: &'static str,
}

/// The ink on every fill, in both themes.
pub const NOTE_INK: &str = "#1F2328";
const LIGHT: Palette = Palette {
    canvas: "#F6F5F1",
    dot: "#DAD8D0",
    panel: "#FFFFFF",
    ink: "#1B2330",
    soft_ink: "#5B6472",
    edge: "#7B8494",
    accent: "#1D4ED8",
};
const DARK: Palette = Palette {
    canvas: "#15171C",
    dot: "#2A2E37",
    panel: "#1E2128",
    ink: "#E8EBF0",
    soft_ink: "#9AA3B2",
    edge: "#7B8494",
    accent: "#93C5FD",
};

/// A kind's fill in the light and in the dark theme.
const FILLS: [(Kind, &str, &str); 11] = [
    (Kind::Event, "#FFA64E", "#DD8734"),
    (Kind::Command, "#7AC0FF", "#3C91E4"),
    (Kind::ReadModel, "#91DB98", "#75C07B"),
    (Kind::Policy, "#AE8CCF", "#C3A5F1"),
    (Kind::Constraint, "#FFF3C9", "#E8DCA7"),
    (Kind::Actor, "#FCDE49", "#E5C534"),
    (Kind::System, "#FBB3D3", "#E99CC7"),
    (Kind::Hotspot, "#FB4393", "#FD5F9E"),
    (Kind::Screen, "#ECFDFE", "#DEE2E9"),
    (Kind::Opportunity, "#34AC6A", "#30A06B"),
    (Kind::Term, "#D2B39D", "#B99A84"),
];

impl Theme {
    pub fn palette(self) -> &'static Palette {
        match self {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
        }
    }

    /// The wall's own colour as red, green and blue.
    pub fn canvas(self) -> [u8; 3] {
        [1, 3, 5].map(|at| channel(self.palette().canvas, at))
    }

    /// The paper of a kind; what has none shows the wall.
    pub fn fill(self, kind: Kind) -> Option<&'static str> {
        let (_, light, dark) = FILLS.iter().find(|(known, ..)| *known == kind)?;
        Some(if self == Theme::Light { light } else { dark })
    }

    /// The edge of a paper: a little towards black, or towards white on a dark wall.
    pub fn edge(self, fill: &str) -> String {
        match self {
            Theme::Light => mixed(fill, "#000000", 0.16),
            Theme::Dark => mixed(fill, "#FFFFFF", 0.12),
        }
    }
}

/// `share` of the second colour in the first.
pub fn mixed(first: &str, second: &str, share: f64) -> String {
    let channel = |colour: &str, at: usize| f64::from(channel(colour, at));
    let mix = |at| (channel(first, at) * (1.0 - share) + channel(second, at) * share).round() as u8;
    format!("#{:02X}{:02X}{:02X}", mix(1), mix(3), mix(5))
}

fn channel(colour: &str, at: usize) -> u8 {
    colour.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKENS: &str = include_str!("../../../app/style/00-tokens.css");
    const KINDS: &str = include_str!("../../../app/style/10-kinds.css");

    /// The value of a style property in the block that a selector opens.
    fn value<'a>(sheet: &'a str, selector: &str, name: &str) -> Option<&'a str> {
        let (opening, property) = (format!("{selector} {{"), format!("--{name}:"));
        sheet.split(opening.as_str()).skip(1).find_map(|rest| {
            let block = rest.split('}').next()?;
            Some(block.split_once(property.as_str())?.1.split(';').next()?.trim())
        })
    }

    #[test]
    fn the_fills_are_those_of_the_page() {
        let names = [
            "event",
            "command",
            "readmodel",
            "policy",
            "constraint",
            "actor",
            "system",
            "hotspot",
            "screen",
            "opportunity",
            "term",
        ];
        for ((kind, light, dark), name) in FILLS.iter().zip(names) {
            let name = format!("fill-{name}");
            assert_eq!(value(KINDS, ":root", &name), Some(*light), "{kind:?}");
            assert_eq!(value(KINDS, "[data-theme=dark]", &name), Some(*dark), "{kind:?}");
        }
    }

    #[test]
    fn the_wall_has_the_colours_of_the_page() {
        for (palette, selector) in [(LIGHT, ":root"), (DARK, "[data-theme=dark]")] {
            let token = |name| value(TOKENS, selector, name);
            assert_eq!(token("canvas"), Some(palette.canvas));
            assert_eq!(token("dot"), Some(palette.dot));
            assert_eq!(token("panel"), Some(palette.panel));
            assert_eq!(token("ink"), Some(palette.ink));
            assert_eq!(token("ink-2"), Some(palette.soft_ink));
            assert_eq!(token("accent"), Some(palette.accent));
        }
        assert_eq!(value(TOKENS, ":root", "note-ink"), Some(NOTE_INK));
    }

    #[test]
    fn colours_mix_by_share() {
        assert_eq!(mixed("#FFFFFF", "#000000", 0.5), "#808080");
        assert_eq!(mixed("#102030", "#FFFFFF", 0.0), "#102030");
    }
}

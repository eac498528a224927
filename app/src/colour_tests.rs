//! The kinds' fills, read from the style sheet: apart from each other in every kind of sight, and readable.

use std::collections::BTreeMap;

const KINDS: &str = include_str!("../style/10-kinds.css");
const TOKENS: &str = include_str!("../style/00-tokens.css");
/// The ten kinds of stickies; a term has a size and an edge of its own.
const TEN: [&str; 10] = [
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
];

type Rgb = [f64; 3];
type Sight = (&'static str, [[f64; 3]; 3]);

/// Machado, Oliveira and Fernandes 2009, severity 1, on linear light.
const SIGHTS: [Sight; 4] = [
    ("normal", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "deuteranopia",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    (
        "protanopia",
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    ),
    (
        "tritanopia",
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ),
];

/// The custom properties of each block that sets colours: light, dark by the system, dark by choice.
fn blocks(css: &str, prefix: &str) -> Vec<BTreeMap<String, String>> {
    let declarations = |block: &str| {
        let inside = block.rsplit('{').next().unwrap_or(block);
        let all = inside.split(';').filter_map(|part| part.split_once(':'));
        let named = all.map(|(name, value)| (name.trim(), value));
        let wanted = named.filter_map(|(name, value)| Some((name.strip_prefix(prefix)?, value)));
        wanted.map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect::<BTreeMap<_, _>>()
    };
    css.split('}').map(declarations).filter(|block| !block.is_empty()).collect()
}

fn fills() -> Vec<BTreeMap<String, String>> {
    blocks(KINDS, "--fill-")
}

fn linear(hex: &str) -> Rgb {
    let digits = u32::from_str_radix(hex.trim_start_matches('#'), 16).unwrap();
    [16, 8, 0].map(|shift| {
        let part = f64::from(digits >> shift & 0xFF) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

fn seen(rgb: Rgb, sight: &[[f64; 3]; 3]) -> Rgb {
    sight.map(|row| row.iter().zip(rgb).map(|(weight, part)| weight * part).sum::<f64>().clamp(0.0, 1.0))
}

fn lab([r, g, b]: Rgb) -> Rgb {
    let curve = |t: f64| if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 };
    let x = curve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
    let y = curve(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
    let z = curve((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn apart(a: Rgb, b: Rgb) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

fn contrast(a: &str, b: &str) -> f64 {
    let light = |hex| {
        linear(hex).iter().zip([0.2126, 0.7152, 0.0722]).map(|(part, weight)| part * weight).sum::<f64>()
    };
    let (a, b): (f64, f64) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_theme_sets_every_fill_and_the_two_ways_into_the_dark_agree() {
    let fills = fills();
    assert_eq!(fills.len(), 3, "light, dark by the system, dark by choice");
    assert!(fills.iter().all(|theme| TEN.iter().all(|kind| theme.contains_key(*kind))));
    assert_eq!(fills[1], fills[2]);
    let tokens = blocks(TOKENS, "--");
    assert_eq!(tokens[1], tokens[2]);
}

#[test]
fn any_two_kinds_are_apart_in_every_kind_of_sight() {
    for theme in fills() {
        for (name, sight) in &SIGHTS {
            let seen: Vec<Rgb> = TEN.iter().map(|kind| lab(seen(linear(&theme[*kind]), sight))).collect();
            for a in 0..TEN.len() {
                for b in 0..a {
                    let distance = apart(seen[a], seen[b]);
                    assert!(distance >= 14.0, "{} and {} are {distance:.1} apart in {name}", TEN[a], TEN[b]);
                }
            }
        }
    }
}

#[test]
fn the_ink_is_readable_on_every_fill() {
    let ink = &blocks(TOKENS, "--note-")[..];
    let ink = ink.iter().find_map(|block| block.get("ink")).unwrap();
    for theme in fills() {
        for (kind, fill) in &theme {
            let ratio = contrast(ink, fill);
            assert!(ratio >= 4.6, "the ink on {kind} has {ratio:.2}");
        }
    }
}

#[test]
fn the_words_of_the_page_are_readable_on_every_surface() {
    for theme in blocks(TOKENS, "--").iter().filter(|theme| theme.contains_key("canvas")) {
        for surface in ["canvas", "panel", "hover", "press"] {
            // A pressed button says nothing in the second ink.
            let second = if surface == "press" { 4.0 } else { 4.5 };
            for (words, least) in [("ink", 7.0), ("ink-2", second), ("accent", 4.5)] {
                let ratio = contrast(&theme[words], &theme[surface]);
                assert!(ratio >= least, "{words} on {surface} has {ratio:.2}");
            }
        }
        assert!(contrast(&theme["on-accent"], &theme["accent"]) >= 4.5);
    }
}

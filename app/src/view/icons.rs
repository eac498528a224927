//! Small drawings, 20 px, one stroke: one for each kind and one for each thing a button does.

use elements::{El, svg};

/// The outline of a named icon; an unknown name draws nothing.
fn outline(name: &str) -> &'static str {
    match name {
        // kinds
        "event" => "M11 2.5 4.5 11.2h4.3L8 17.5l6.9-9H10.4z",
        "command" => "M3 10h13M11.2 5l5 5-5 5",
        "readmodel" => "M3 4.5h14v11H3zM3 8.2h14M3 11.9h14M8 8.2v7.3",
        "policy" => {
            "M4 8.5A6.3 6.3 0 0 1 15.6 7M16 11.5A6.3 6.3 0 0 1 4.4 13M15.9 3.4V7h-3.6M4.1 16.6V13h3.6"
        }
        "constraint" => {
            "M7.5 3.5C5.5 3.5 5.8 5 5.8 7S5 10 3.5 10C5 10 5.8 11 5.8 13s-.3 3.5 1.7 3.5M12.5 3.5c2 0 1.7 1.5 1.7 3.5s.8 3 2.3 3c-1.5 0-2.3 1-2.3 3s.3 3.5-1.7 3.5"
        }
        "actor" => "M10 9.6a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM3.8 17c.4-3.2 2.9-5 6.2-5s5.8 1.8 6.2 5",
        "system" => "M7.2 2.8v4M12.8 2.8v4M4.8 6.8h10.4v2.4a5.2 5.2 0 0 1-10.4 0zM10 14.4v3",
        "hotspot" => "M10 2.8v9.4M10 16.6v.1",
        "screen" => "M2.8 4h14.4v12H2.8zM2.8 7.6h14.4M5.2 5.8h.1M7.4 5.8h.1",
        "opportunity" => "M7.6 14.2c0-1.7-2.6-2.9-2.6-6a5 5 0 0 1 10 0c0 3.1-2.6 4.3-2.6 6zM8 17.3h4",
        "heading" => "M4.5 3.5v13M15.5 3.5v13M4.5 10h11",
        "term" => {
            "M10 5C8.4 3.8 5.8 3.5 3 3.800v11.700c2.8-.3 5.4 0 7 1.2 1.6-1.2 4.2-1.5 7-1.200V3.800C14.2 3.5 11.6 3.8 10 5zM10 5v11.5"
        }
        "note" => "M4 5h12M4 10h12M4 15h7",
        "chapter" => "M5 17.5v-15h10l-2.6 3.600L15 9.800H5",
        "lane" => "M2.8 4.500h14.400M2.8 10h14.400M2.8 15.500h14.4",
        "context" => "M3 6.500V3h3.500M13.5 3H17v3.500M17 13.500V17h-3.500M6.5 17H3v-3.5",
        "scenario" => {
            "M4 3h12v14H4zM7 7l1.200 1.200L10.5 6M7 12l1.200 1.200 2.300-2.200M12.800 7.500h.7M12.800 12.500h.7"
        }
        // what annotations say
        "forbid" => "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM5.200 5.200l9.600 9.600",
        "required" => "M10 4v12M4.800 7l10.400 6M15.200 7 4.800 13",
        "lookup" => "M8.800 14.500a5.700 5.700 0 1 0 0-11.400 5.700 5.700 0 0 0 0 11.400zM13 13l4.200 4.200",
        "type" => "M4 6V4h12v2M10 4v12M7.500 16h5",
        "pivotal" => "M10 2v16M10 3.500h7l-2 2.750 2 2.750h-7",
        "free" => {
            "M8 12.500 6.500 14a2.800 2.800 0 0 1-4-4L5 7.500M12 7.500 13.500 6a2.800 2.800 0 0 1 4 4L15 12.500M3.500 3.500l13 13"
        }
        "hash" => "M7.500 3 6 17M14 3l-1.500 14M3.500 7.500h13.500M3 12.500h13.500",
        "derived" => "M14.500 4H5.500l5 6-5 6h9",
        // what buttons do
        "lock" => "M5 9h10v8H5zM7 9V6.500a3 3 0 0 1 6 0V9",
        "unlock" => "M5 9h10v8H5zM7 9V6.500a3 3 0 0 1 5.800-1",
        "group" => {
            "M3 3h3M3 3v3M17 3h-3M17 3v3M3 17h3M3 17v-3M17 17h-3M17 17v-3M6.500 6.500h4v4h-4zM9.500 9.500h4v4h-4z"
        }
        "ungroup" => "M3 3h6v6H3zM11 11h6v6h-6z",
        "delete" => {
            "M3.500 5.500h13M8 5V3h4v2M5.500 5.500l.8 11.500h7.400l.8-11.500M8.500 8.500v5.500M11.500 8.500v5.500"
        }
        "more" => "M4.500 10h.1M10 10h.1M15.500 10h.1",
        "properties" => "M3 4.500h14M3 10h9M3 15.500h6M15 12v6M12 15h6",
        "left" => "M12.500 5l-5 5 5 5",
        "right" => "M7.500 5l5 5-5 5",
        "down" => "M5 7.500l5 5 5-5",
        "reopen" => "M4 10a6 6 0 1 0 2-4.500M3.500 3v4h4",
        "share" => "M10 12.500V3M6.5 6 10 2.7 13.5 6M4 10.500V17h12v-6.5",
        "export" | "download" => "M10 3v9.500M6.5 9.300l3.5 3.5 3.5-3.500M4 16.800h12",
        "text" => "M3 4.500h9M3 8.200h14M3 11.900h11M3 15.600h7",
        "code" => {
            "M3 3h5v5H3zM12 3h5v5h-5zM3 12h5v5H3zM12 12h2v2h-2zM15.500 15.500h1.5v1.500h-1.5zM12 17h.1M17 12h.1"
        }
        "rename" => "M4 16l.8-3.500L13.500 3.800l2.700 2.700L7.500 15.200zM11.500 5.800l2.700 2.700",
        "archive" => "M3 4h14v3.500H3zM4.300 7.500V16h11.400V7.500M8 11h4",
        "home" => "M3 9.500 10 3.500l7 6M5 8.500V16.500h10V8.500",
        "undo" => "M7.5 4 3.5 8l4 4M4 8h8a4.3 4.3 0 0 1 0 8.600H9",
        "redo" => "M12.5 4l4 4-4 4M16 8H8a4.3 4.3 0 0 0 0 8.600h3",
        "fit" => "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4M7.5 8h5v4h-5z",
        "plus" => "M10 4v12M4 10h12",
        "minus" => "M4 10h12",
        "people" => {
            "M7.5 9.500a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.600zM2.3 16.300c.3-2.8 2.4-4.3 5.2-4.300s4.9 1.5 5.2 4.300M13 4.200a2.7 2.7 0 0 1 0 5.200M14.6 12.400c1.8.5 2.9 1.9 3.1 3.9"
        }
        "warning" => "M10 3 2.5 16.500h15zM10 8v4M10 14.300v.1",
        "error" => {
            "M6.9 2.800h6.200l4.1 4.100v6.200l-4.1 4.100H6.900l-4.1-4.100V6.900zM10 6.300v4.400M10 13.600v.1"
        }
        "hint" => "M10 17.200a7.2 7.2 0 1 0 0-14.4 7.2 7.2 0 0 0 0 14.400zM10 9.300v4.200M10 6.500v.1",
        "check" => "M4 10.500l4 4 8-9",
        "search" => "M8.8 14.600a5.8 5.8 0 1 0 0-11.600 5.8 5.8 0 0 0 0 11.600zM13 13l4.2 4.2",
        "up" => "M4.5 12.500 10 7l5.500 5.500",
        "close" => "M5 5l10 10M15 5 5 15",
        "copy" => "M7 7h9.500v9.500H7zM4 13H3.500V3.500H13V4",
        "hand" => {
            "M6.5 10.500V5.200a1.2 1.2 0 0 1 2.4 0V9 3.900a1.2 1.2 0 0 1 2.4 0V9 4.800a1.2 1.2 0 0 1 2.4 0V10 7a1.2 1.2 0 0 1 2.3 0v5c0 3.3-2 5.5-5 5.5-2.6 0-3.9-1.2-5.2-3.400L3.7 10.700a1.2 1.2 0 0 1 2-1.300z"
        }
        "select" => "M4.5 3 15.8 8.600l-4.9 1.7-2.1 5z",
        "tidy" => "M3 4h5v5H3zM3 11.500h5v5H3zM11 4h6v5h-6zM11 14h6",
        "keyboard" => "M2.5 5h15v10h-15zM5.5 8h.1M8.5 8h.1M11.5 8h.1M14.5 8h.1M5.5 12h.1M8 12h4M14.5 12h.1",
        "sync" => {
            "M4 8.500A6.3 6.3 0 0 1 15.6 7M16 11.500A6.3 6.3 0 0 1 4.4 13M15.9 3.400V7h-3.600M4.1 16.600V13h3.6"
        }
        "offline" => {
            "M3 3l14 14M2.8 8.600a10.4 10.4 0 0 1 3.4-2.100M9 5.500a10.5 10.5 0 0 1 8.2 3.100M5.5 11.800a6.5 6.5 0 0 1 3-1.700M8 14.800a3 3 0 0 1 4 0"
        }
        "empty" => "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM7 10h6",
        _ => "",
    }
}

pub fn icon(name: &str) -> El {
    drawing(outline(name))
}

/// An icon that only one part of the page has.
pub fn drawing(outline: &'static str) -> El {
    frame().child(svg("path").attr("d", outline))
}

/// An icon that follows signals.
pub fn live_icon(mut name: impl FnMut() -> &'static str + 'static) -> El {
    frame().child(svg("path").live_attr("d", move || outline(name())))
}

fn frame() -> El {
    let attributes = [
        ("class", "icon"),
        ("viewBox", "0 0 20 20"),
        ("fill", "none"),
        ("stroke", "currentColor"),
        ("stroke-width", "1.75"),
        ("stroke-linecap", "round"),
        ("stroke-linejoin", "round"),
        ("aria-hidden", "true"),
        ("focusable", "false"),
    ];
    attributes.into_iter().fold(svg("svg"), |frame, (name, value)| frame.attr(name, value))
}

/// The icon beside a finding's severity.
pub fn severity_icon(severity: diag::Severity) -> &'static str {
    match severity {
        diag::Severity::Error => "error",
        diag::Severity::Warning => "warning",
        diag::Severity::Hint => "hint",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use emd::Kind;

    #[test]
    fn every_kind_and_severity_has_a_drawing() {
        let kinds = [
            Kind::Event,
            Kind::Command,
            Kind::ReadModel,
            Kind::Policy,
            Kind::Constraint,
            Kind::Actor,
            Kind::System,
            Kind::Hotspot,
            Kind::Screen,
            Kind::Opportunity,
            Kind::Heading(1),
            Kind::Term,
            Kind::Note,
            Kind::Chapter,
            Kind::Lane,
            Kind::Context,
            Kind::Scenario(emd::Step::Scenario),
        ];
        assert!(kinds.iter().all(|kind| !outline(super::super::note::kind_slug(*kind)).is_empty()));
        let severities = [diag::Severity::Error, diag::Severity::Warning, diag::Severity::Hint];
        assert!(severities.iter().all(|severity| !outline(severity_icon(*severity)).is_empty()));
    }
}

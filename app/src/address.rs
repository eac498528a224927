//! Places on a board that a link can lead to: `#n=<line>` a sticky, `#d=x.y.w.h` a part of the wall.

use crate::browser;
use crate::camera::Area;
use crate::commands;
use crate::session::Session;
use crate::view::wall;
use board::LineId;
use leptos::prelude::*;

#[derive(Clone, PartialEq, Debug)]
enum Place {
    Sticky(LineId),
    View(Area),
}

/// Reads what stands after the path; anything else means no place.
fn place(hash: &str) -> Option<Place> {
    let hash = hash.trim_start_matches('#');
    if let Some(line) = hash.strip_prefix("n=").filter(|line| !line.is_empty()) {
        return Some(Place::Sticky(LineId(line.into())));
    }
    let mut numbers = hash.strip_prefix("d=")?.split('.').map(|number| number.parse::<i32>().ok());
    let mut next = || numbers.next().flatten().map(f64::from);
    let area = Area { x: next()?, y: next()?, width: next()?, height: next()? };
    (area.width > 0.0 && area.height > 0.0).then_some(Place::View(area))
}

/// The link of this board to one sticky, with the rights of the link that this page was opened with.
pub fn link_to(line: &LineId) -> String {
    let location = browser::window().location();
    let (origin, path) = (location.origin().unwrap_or_default(), location.pathname().unwrap_or_default());
    format!("{origin}{path}#n={}", line.0)
}

/// Goes where the address leads as soon as the board is there, and again whenever somebody changes it.
pub fn follow(session: Session) {
    Effect::new(move |_| {
        if session.synced.get() {
            // After the frame in which the first picture of the board is made.
            browser::next_frame(move || browser::next_frame(move || go(session)));
        }
    });
    let changed = window_event_listener_untyped("hashchange", move |_| go(session));
    on_cleanup(move || changed.remove());
}

fn go(session: Session) {
    match place(&browser::window().location().hash().unwrap_or_default()) {
        Some(Place::Sticky(line)) => {
            if session.with_mirror(|mirror| mirror.layout.frames.contains_key(&line)) {
                session.steered.set_value(true);
                wall::centre(session, &line);
                commands::go(session, line);
            } else {
                session.say(crate::messages::commands::NO_SUCH_STICKY);
            }
        }
        Some(Place::View(area)) => {
            session.steered.set_value(true);
            wall::show_area(session, area);
        }
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sticky_or_a_part_of_the_wall_can_be_named() {
        assert_eq!(place("#n=k3J_x"), Some(Place::Sticky(LineId("k3J_x".into()))));
        let area = Area { x: -10.0, y: 20.0, width: 300.0, height: 200.0 };
        assert_eq!(place("#d=-10.20.300.200"), Some(Place::View(area)));
    }

    #[test]
    fn what_names_no_place_leads_nowhere() {
        for hash in ["", "#", "#n=", "#d=1.2.3", "#d=1.2.0.5", "#d=a.b.c.d", "#other"] {
            assert_eq!(place(hash), None, "{hash}");
        }
    }
}

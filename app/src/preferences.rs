//! What a person likes on this device: light or dark, and whether single letters are shortcuts.
//!
//! Kept in the browser's small storage, shared by all its tabs, and never sent anywhere. What cannot be read is the
//! default. Reduced motion, contrast and zoom are the system's and are followed by the style sheets alone.

use crate::browser;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

const THEME: &str = "squall.theme";
const LETTER_KEYS: &str = "squall.letter-keys";

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// As the system says, and changing with it.
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// As it is kept, and as the style sheets name it.
    pub fn slug(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    fn read(kept: Option<&str>) -> Theme {
        Theme::ALL.into_iter().find(|theme| Some(theme.slug()) == kept).unwrap_or_default()
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Preferences {
    pub theme: Theme,
    /// Letters and digits alone are shortcuts (WCAG 2.1.4 wants a way to switch them off).
    pub letter_keys: bool,
}

impl Preferences {
    fn read(theme: Option<&str>, letter_keys: Option<&str>) -> Preferences {
        Preferences { theme: Theme::read(theme), letter_keys: letter_keys != Some("off") }
    }

    fn kept() -> Preferences {
        Preferences::read(browser::recall(THEME).as_deref(), browser::recall(LETTER_KEYS).as_deref())
    }

    /// What the page looks like now.
    pub fn is_dark(self) -> bool {
        let system = || browser::window().match_media("(prefers-color-scheme: dark)").ok().flatten();
        match self.theme {
            Theme::System => system().is_some_and(|asked| asked.matches()),
            chosen => chosen == Theme::Dark,
        }
    }

    /// The colours follow at once.
    fn show(self) {
        let Some(root) = browser::document().document_element() else { return };
        let _ = match self.theme {
            Theme::System => root.remove_attribute("data-theme"),
            chosen => root.set_attribute("data-theme", chosen.slug()),
        };
    }
}

/// The preferences of this page: shown now, kept by `change`, and following the other tabs.
pub fn follow() -> RwSignal<Preferences> {
    let preferences = RwSignal::new(Preferences::kept());
    preferences.get_untracked().show();
    let elsewhere = window_event_listener_untyped("storage", move |event| {
        let key = event.dyn_ref::<web_sys::StorageEvent>().and_then(web_sys::StorageEvent::key);
        if key.is_none_or(|key| key == THEME || key == LETTER_KEYS) {
            set(preferences, Preferences::kept());
        }
    });
    on_cleanup(move || elsewhere.remove());
    preferences
}

/// A choice of the person: shown, and kept for the next page.
pub fn change(preferences: RwSignal<Preferences>, change: impl FnOnce(&mut Preferences)) {
    let mut fresh = preferences.get_untracked();
    change(&mut fresh);
    browser::remember(THEME, fresh.theme.slug());
    browser::remember(LETTER_KEYS, if fresh.letter_keys { "on" } else { "off" });
    set(preferences, fresh);
}

fn set(preferences: RwSignal<Preferences>, fresh: Preferences) {
    if preferences.get_untracked() != fresh {
        fresh.show();
        preferences.set(fresh);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_never_chosen_or_cannot_be_read_is_the_default() {
        let default = Preferences { theme: Theme::System, letter_keys: true };
        assert_eq!(Preferences::read(None, None), default);
        assert_eq!(Preferences::read(Some("{"), Some("")), default);
    }

    #[test]
    fn what_is_kept_reads_back() {
        for theme in Theme::ALL {
            assert_eq!(
                Preferences::read(Some(theme.slug()), Some("off")),
                Preferences { theme, letter_keys: false }
            );
        }
    }
}

//! What lasts as long as the page, whichever view asks for it first.

use leptos::prelude::Owner;

/// An owner that goes with nothing but the page.
pub fn lasting() -> Owner {
    let mut root = Owner::current();
    while let Some(parent) = root.as_ref().and_then(Owner::parent) {
        root = Some(parent);
    }
    root.map_or_else(Owner::new, |root| root.with(Owner::new))
}

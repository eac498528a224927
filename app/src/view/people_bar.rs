//! Stub.
use leptos::prelude::*;
#[component]
pub fn PeopleBar() -> impl IntoView {}
#[component]
pub fn MePanel() -> impl IntoView {}

//! Stub.
use leptos::prelude::*;
#[component]
pub fn TextPane() -> impl IntoView {}

//! Stub.
use leptos::prelude::*;
#[component]
pub fn SharePanel() -> impl IntoView {}

//! Stub.
use leptos::prelude::*;
#[component]
pub fn TopBar() -> impl IntoView {}

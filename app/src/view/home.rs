//! Stub.
use leptos::prelude::*;
#[component]
pub fn Home() -> impl IntoView {}

//! Stub.
use leptos::prelude::*;
#[component]
pub fn FindingsPanel() -> impl IntoView {}

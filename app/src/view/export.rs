//! Stub.
use leptos::prelude::*;
#[component]
pub fn ExportPanel() -> impl IntoView {}

//! Stub.
use leptos::prelude::*;
#[component]
pub fn NoticeBar() -> impl IntoView {}

//! Stub.
use emd::Kind;
use leptos::prelude::*;
#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    let _ = name;
}
#[component]
pub fn KindIcon(kind: Kind) -> impl IntoView {
    let _ = kind;
}

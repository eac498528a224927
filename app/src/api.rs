//! The few things the page asks the server for by HTTP, and the clipboard. No JSON library: the answers are one
//! level deep and the browser reads them.

use crate::browser;
use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlInputElement, Request, RequestInit, Response};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ApiError {
    /// No answer at all.
    Unreachable,
    /// An answer, but not the one hoped for.
    Refused(u16),
    /// An answer that is not what this page understands.
    Strange,
}

/// Makes a board, from a text or empty; the path of its edit link.
pub async fn make_board(text: Option<&str>) -> Result<String, ApiError> {
    let fields: Vec<(&str, &str)> = text.map(|text| ("text", text)).into_iter().collect();
    link(post("/api/boards", &fields).await?, "edit", "/b/")
}

/// Makes a link of this role to the board behind a segment.
pub async fn make_link(segment: &str, role: &str) -> Result<String, ApiError> {
    let start = if role == "view" { "/v/" } else { "/b/" };
    link(post(&format!("/api/boards/{segment}/links"), &[("role", role)]).await?, "link", start)
}

/// Only a path of the expected form is ever followed or shown.
fn link(answer: JsValue, name: &str, start: &str) -> Result<String, ApiError> {
    let path = Reflect::get(&answer, &name.into()).ok().and_then(|value| value.as_string());
    path.filter(|path| path.starts_with(start)).ok_or(ApiError::Strange)
}

async fn post(path: &str, fields: &[(&str, &str)]) -> Result<JsValue, ApiError> {
    let body = Object::new();
    for (name, value) in fields {
        Reflect::set(&body, &(*name).into(), &(*value).into()).map_err(|_| ApiError::Strange)?;
    }
    let body = JSON::stringify(&body).map_err(|_| ApiError::Strange)?;
    let options = RequestInit::new();
    options.set_method("POST");
    options.set_body(&body);
    let request = Request::new_with_str_and_init(path, &options).map_err(|_| ApiError::Strange)?;
    // A header that is refused leaves the server to read the body anyway.
    let _ = request.headers().set("content-type", "application/json");
    let response = JsFuture::from(browser::window().fetch_with_request(&request)).await;
    let response: Response = response.ok().and_then(|it| it.dyn_into().ok()).ok_or(ApiError::Unreachable)?;
    if !response.ok() {
        return Err(ApiError::Refused(response.status()));
    }
    let text = response.text().map_err(|_| ApiError::Strange)?;
    let text = JsFuture::from(text).await.map_err(|_| ApiError::Unreachable)?;
    JSON::parse(&text.as_string().unwrap_or_default()).map_err(|_| ApiError::Strange)
}

/// Copies a text. Plain http has no clipboard interface: then the field is selected and the old command tried, and
/// where that fails too, the selected text waits for the person's own Ctrl+C.
pub fn copy(text: String, field: HtmlInputElement, done: impl FnOnce(bool) + 'static) {
    if browser::window().is_secure_context() {
        let clipboard = browser::window().navigator().clipboard();
        spawn_local(async move {
            let written = JsFuture::from(clipboard.write_text(&text)).await.is_ok();
            done(written || copy_selected(&field));
        });
    } else {
        done(copy_selected(&field));
    }
}

fn copy_selected(field: &HtmlInputElement) -> bool {
    let _ = field.focus();
    field.select();
    let document = browser::document();
    let command = Reflect::get(&document, &"execCommand".into())
        .ok()
        .and_then(|it| it.dyn_into::<js_sys::Function>().ok());
    command
        .and_then(|command| command.call1(&document, &"copy".into()).ok())
        .and_then(|copied| copied.as_bool())
        == Some(true)
}

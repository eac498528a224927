//! The few things the page asks the server for by HTTP, and the clipboard. No JSON library: the answers are one
//! level deep and the browser reads them.

use crate::boards;
use crate::browser;
use board::wire::Role;
use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
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

/// What a new board begins with.
#[derive(Clone)]
pub enum Source {
    Empty,
    Text(String),
    /// What a `.squall` file holds.
    File(String),
}

/// Makes a board, remembers its links in this browser, and gives the path of its edit link.
pub async fn make_board(source: &Source) -> Result<String, ApiError> {
    let field = match source {
        Source::Empty => None,
        Source::Text(text) => Some(("text", text.as_str())),
        Source::File(file) => Some(("squall", file.as_str())),
    };
    let answer = post("/api/boards", field.as_slice()).await?;
    let edit = link(&answer, "edit", "/b/")?;
    // Who made a board may delete it, too.
    let links =
        [(Role::Facilitate, "facilitate", "/f/"), (Role::View, "view", "/v/"), (Role::Edit, "edit", "/b/")];
    for (role, name, start) in links {
        if let Some(segment) = link(&answer, name, start)?.strip_prefix(start) {
            boards::met(segment, role);
        }
    }
    Ok(edit)
}

/// Deletes the board behind a facilitator's link, for everybody.
pub async fn delete_board(segment: &str) -> Result<(), ApiError> {
    let options = RequestInit::new();
    options.set_method("DELETE");
    ask(&format!("/api/boards/{segment}"), &options).await.map(|_| ())
}

/// What the server has at this path, as text.
pub async fn fetch_text(path: &str) -> Result<String, ApiError> {
    text_of(ask(path, &RequestInit::new()).await?).await
}

/// Makes a link of this role to the board behind a segment.
pub async fn make_link(segment: &str, role: &str) -> Result<String, ApiError> {
    let start = if role == "view" { "/v/" } else { "/b/" };
    link(&post(&format!("/api/boards/{segment}/links"), &[("role", role)]).await?, "link", start)
}

/// Only a path of the expected form is ever followed or shown.
fn link(answer: &JsValue, name: &str, start: &str) -> Result<String, ApiError> {
    let path = Reflect::get(answer, &name.into()).ok().and_then(|value| value.as_string());
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
    let text = text_of(ask(path, &options).await?).await?;
    JSON::parse(&text).map_err(|_| ApiError::Strange)
}

async fn ask(path: &str, options: &RequestInit) -> Result<Response, ApiError> {
    let request = Request::new_with_str_and_init(path, options).map_err(|_| ApiError::Strange)?;
    // A header that is refused leaves the server to read the body anyway.
    let _ = request.headers().set("content-type", "application/json");
    let response = JsFuture::from(browser::window().fetch_with_request(&request)).await;
    let response: Response = response.ok().and_then(|it| it.dyn_into().ok()).ok_or(ApiError::Unreachable)?;
    if response.ok() { Ok(response) } else { Err(ApiError::Refused(response.status())) }
}

async fn text_of(response: Response) -> Result<String, ApiError> {
    let text = response.text().map_err(|_| ApiError::Strange)?;
    let text = JsFuture::from(text).await.map_err(|_| ApiError::Unreachable)?;
    text.as_string().ok_or(ApiError::Strange)
}

/// Copies a text. Plain http has no clipboard interface: then the field is selected and the old command tried, and
/// where that fails too, the selected text waits for the person's own Ctrl+C.
pub fn copy(text: String, field: HtmlInputElement, done: impl FnOnce(bool) + 'static) {
    if browser::window().is_secure_context() {
        let clipboard = browser::window().navigator().clipboard();
        browser::spawn(async move {
            let written = JsFuture::from(clipboard.write_text(&text)).await.is_ok();
            done(written || copy_selected(&field));
        });
    } else {
        done(copy_selected(&field));
    }
}

/// Copies a text that stands in no field. On plain http it is put into one for a moment.
pub fn copy_plain(text: String, done: impl FnOnce(bool) + 'static) {
    if browser::window().is_secure_context() {
        let clipboard = browser::window().navigator().clipboard();
        browser::spawn(async move { done(JsFuture::from(clipboard.write_text(&text)).await.is_ok()) });
        return;
    }
    let before =
        browser::document().active_element().and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok());
    let made = browser::document().create_element("textarea").ok();
    let field = made.and_then(|field| field.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
    let copied = field.zip(browser::document().body()).is_some_and(|(field, body)| {
        field.set_class_name("visually-hidden");
        field.set_value(&text);
        let _ = body.append_child(&field);
        field.select();
        let copied = copy_selection();
        field.remove();
        copied
    });
    if let Some(before) = before {
        let _ = before.focus();
    }
    done(copied);
}

fn copy_selected(field: &HtmlInputElement) -> bool {
    let _ = field.focus();
    field.select();
    copy_selection()
}

fn copy_selection() -> bool {
    let document = browser::document();
    let command = Reflect::get(&document, &"execCommand".into())
        .ok()
        .and_then(|it| it.dyn_into::<js_sys::Function>().ok());
    command
        .and_then(|command| command.call1(&document, &"copy".into()).ok())
        .and_then(|copied| copied.as_bool())
        == Some(true)
}

//! The board as a picture: drawn as SVG, and through a canvas to PNG at twice the size.

use crate::browser;
use crate::session::Session;
use draw::Theme;
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, ClipboardItem, HtmlCanvasElement, HtmlImageElement, Url,
};

const SCALE: f64 = 2.0;
/// Browsers make no larger canvas.
const WIDEST: f64 = 8_192.0;

/// As the person sees the board.
pub fn svg(session: Session) -> String {
    let dark = session.preferences.get_untracked().is_dark();
    let theme = if dark { Theme::Dark } else { Theme::Light };
    session.with_mirror(|mirror| draw::svg(mirror.board(), &mirror.layout, theme))
}

pub fn download(session: Session, name: String, failed: impl FnOnce() + 'static) {
    browser::spawn(async move {
        match png(svg(session)).await {
            Ok(picture) => browser::download_blob(&name, &picture.unchecked_into()),
            Err(_) => failed(),
        }
    });
}

/// The clipboard takes pictures on secure pages alone, and only if it is asked while the click is fresh: so it gets
/// the promise of one.
pub fn copy(session: Session, done: impl FnOnce(bool) + 'static) {
    let supported = Reflect::has(&browser::window(), &"ClipboardItem".into()).unwrap_or(false);
    if !browser::window().is_secure_context() || !supported {
        return done(false);
    }
    let picture = wasm_bindgen_futures::future_to_promise(png(svg(session)));
    let record = Object::new();
    // Setting a field of a fresh plain object cannot fail.
    let _ = Reflect::set(&record, &"image/png".into(), &picture);
    let Ok(item) = ClipboardItem::new_with_record_from_str_to_blob_promise(&record) else {
        return done(false);
    };
    let written = browser::window().navigator().clipboard().write(&Array::of1(&item));
    browser::spawn(async move { done(JsFuture::from(written).await.is_ok()) });
}

/// A blob with the picture.
async fn png(svg: String) -> Result<JsValue, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type("image/svg+xml");
    let drawn = Blob::new_with_str_sequence_and_options(&Array::of1(&svg.into()), &options)?;
    let url = Url::create_object_url_with_blob(&drawn)?;
    let image = HtmlImageElement::new()?;
    let loaded = Promise::new(&mut |resolve: Function, reject: Function| {
        image.set_onload(Some(&resolve));
        image.set_onerror(Some(&reject));
    });
    image.set_src(&url);
    let loaded = JsFuture::from(loaded).await;
    let painted = loaded.and_then(|_| paint(&image));
    Url::revoke_object_url(&url)?;
    let canvas = painted?;
    let made = Promise::new(&mut |resolve: Function, reject: Function| {
        let take = Closure::once_into_js(move |blob: JsValue| {
            let end = if blob.is_null() { reject } else { resolve };
            // The ends of a promise never throw.
            let _ = end.call1(&JsValue::NULL, &blob);
        });
        // Without a callback the promise stays open; this one is a function.
        let _ = canvas.to_blob(take.unchecked_ref());
    });
    JsFuture::from(made).await
}

fn paint(image: &HtmlImageElement) -> Result<HtmlCanvasElement, JsValue> {
    let (width, height) = (f64::from(image.natural_width()), f64::from(image.natural_height()));
    let scale = SCALE.min(WIDEST / width.max(height).max(1.0));
    let canvas: HtmlCanvasElement = browser::document().create_element("canvas")?.unchecked_into();
    canvas.set_width((width * scale).ceil() as u32);
    canvas.set_height((height * scale).ceil() as u32);
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: CanvasRenderingContext2d = context.unchecked_into();
    context.draw_image_with_html_image_element_and_dw_and_dh(
        image,
        0.0,
        0.0,
        width * scale,
        height * scale,
    )?;
    Ok(canvas)
}

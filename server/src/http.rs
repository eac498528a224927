//! The HTTP face: making boards and links, the socket's upgrade, health, boards by their address, and the embedded
//! page. `guard` stands before all of it.

mod api;

use crate::access::{Door, Segment};
use crate::boards;
use crate::content::{self, Format, Wish};
use crate::documents::DocumentError;
use crate::guard;
use crate::page;
use crate::preview;
use crate::service::Service;
use crate::socket::{self, Visitor};
use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{ConnectInfo, DefaultBodyLimit, OriginalUri, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use board::wire::Limits as FrameLimits;
use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// What a request may bring along, but for a board.
const BODY: usize = 64 << 10;
/// A socket reads through this; the default of 128 KiB would be most of a quiet socket's memory.
const READ_BUFFER: usize = 8 << 10;

pub fn router(service: Arc<Service>, public_host: Option<String>) -> Router {
    Router::new()
        .route("/api/boards", post(api::make_board).layer(DefaultBodyLimit::max(api::BOARD)))
        .route("/api/boards/{segment}", delete(api::delete_board))
        .route("/api/boards/{segment}/links", post(api::make_link))
        .route("/healthz", get(health))
        .route("/metrics", get(metrics))
        .route("/ws/{segment}", get(upgrade))
        .route("/", get(home))
        .route("/b/{name}", get(board))
        .route("/v/{name}", get(board))
        .route("/f/{name}", get(board))
        .fallback(get(file))
        .layer(DefaultBodyLimit::max(BODY))
        .layer(middleware::from_fn_with_state(Arc::new(public_host), guard::check))
        .with_state(service)
}

type Failure = (StatusCode, String);

const NO_BOARD: &str = "no such board or link\n";
const DELETED: &str = "this board was deleted\n";
const SORRY: &str = "the server cannot do this now; try again later\n";

async fn health(State(service): State<Arc<Service>>) -> Response {
    if service.is_stopping() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response();
    }
    "ok\n".into_response()
}

/// Only for this machine; without names of boards or people.
async fn metrics(
    State(service): State<Arc<Service>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    let near = peer.ip().is_loopback() && !headers.contains_key("x-forwarded-for");
    if !near {
        return (StatusCode::NOT_FOUND, "not found\n").into_response();
    }
    format!("squall_rooms {}\nsquall_sockets {}\n", service.rooms().len(), service.doors().sockets())
        .into_response()
}

#[derive(Deserialize)]
struct Ticket {
    token: Option<String>,
    /// The build of the page that connects, as its `<meta name="squall-build">` says.
    build: Option<String>,
}

async fn upgrade(
    State(service): State<Arc<Service>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path(segment): Path<String>,
    Query(ticket): Query<Ticket>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if service.is_stopping() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response();
    }
    let named = ticket.build.filter(|build| !build.is_empty());
    let visitor = Visitor {
        segment: Segment::parse(&segment),
        token: ticket.token.filter(|token| !token.is_empty() && token.len() <= 200),
        outdated: named.is_some_and(|named| page::build().is_some_and(|build| build != named)),
        address: address(peer, &headers, &service),
    };
    let guest = service.guest();
    upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(READ_BUFFER)
        .max_message_size(FrameLimits::FIRST.frame)
        .max_frame_size(FrameLimits::FIRST.frame)
        .on_upgrade(move |socket| async move {
            socket::serve(socket, visitor, service).await;
            drop(guest);
        })
}

/// Who connects: the last hop of `X-Forwarded-For` when a proxy is trusted, else the peer.
fn address(peer: SocketAddr, headers: &HeaderMap, service: &Service) -> IpAddr {
    let forwarded = || {
        let hops = headers.get("x-forwarded-for")?.to_str().ok()?;
        hops.rsplit(',').next()?.trim().parse().ok()
    };
    let trusted = service.behind_proxy().then(forwarded).flatten();
    trusted.unwrap_or_else(|| peer.ip().to_canonical())
}

async fn home(headers: HeaderMap) -> Response {
    page::index(&headers, None)
}

/// The page of a board, or, where the name has an ending, the board itself in that format.
async fn board(
    State(service): State<Arc<Service>>,
    OriginalUri(uri): OriginalUri,
    Path(name): Path<String>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Response {
    let Some((segment, ending)) = name.split_once('.') else {
        let preview = preview::of_link(&service, &name).await;
        let address = format!("{}{}", origin(&service, &headers), uri.path());
        return page::index(&headers, preview.as_deref().map(|preview| (preview, address.as_str())));
    };
    let found = content(&service, segment, ending, wish, &headers).await;
    found.unwrap_or_else(IntoResponse::into_response)
}

async fn content(
    service: &Service,
    segment: &str,
    ending: &str,
    wish: Wish,
    headers: &HeaderMap,
) -> Result<Response, Failure> {
    let unknown = || (StatusCode::NOT_FOUND, NO_BOARD.to_owned());
    let format = Format::of_ending(ending).ok_or_else(|| {
        let known = "a board ends in .emd, .eml.yaml, .svg, .png, .mmd, .dot or .squall\n";
        (StatusCode::NOT_FOUND, known.to_owned())
    })?;
    let segment = Segment::parse(segment).ok_or_else(unknown)?;
    let grant = match boards::door(service.store(), &segment).await.map_err(api::failure)? {
        Door::Open(grant) => grant,
        Door::Deleted(_) => return Err((StatusCode::GONE, DELETED.to_owned())),
        Door::Wall => return Err(unknown()),
    };
    content::answer(service, &grant.board, format, wish, headers).await.map_err(|error| {
        tracing::error!(board = %grant.board, %error, "a board could not be read");
        match error {
            DocumentError::Busy => {
                (StatusCode::SERVICE_UNAVAILABLE, "many pictures are being drawn; try again\n".to_owned())
            }
            _ => (StatusCode::SERVICE_UNAVAILABLE, SORRY.to_owned()),
        }
    })
}

/// How people reach this server: as it was told, or else as this request did.
fn origin(service: &Service, headers: &HeaderMap) -> String {
    if let Some(url) = service.public_url() {
        return url.to_owned();
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let secure = service.behind_proxy() && text("x-forwarded-proto") == Some("https");
    let host = text(header::HOST.as_str()).unwrap_or("localhost");
    format!("{}://{host}", if secure { "https" } else { "http" })
}

async fn file(uri: axum::http::Uri, headers: HeaderMap) -> Response {
    page::file(uri.path().trim_start_matches('/'), &headers)
}

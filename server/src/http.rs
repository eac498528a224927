//! The HTTP face: making boards and links, the socket's upgrade, health, and the embedded page.

use crate::access::{Segment, role_from_name};
use crate::boards::{self, BoardError};
use crate::guard;
use crate::page;
use crate::service::Service;
use crate::socket::{self, Visitor};
use axum::Router;
use axum::body::Bytes;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use board::wire::Limits as FrameLimits;
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// A board's first text.
const BODY: usize = 1 << 20;
/// A socket reads through this; the default of 128 KiB would be most of a quiet socket's memory.
const READ_BUFFER: usize = 8 << 10;

pub fn router(service: Arc<Service>, public_host: Option<String>) -> Router {
    Router::new()
        .route("/api/boards", post(make_board))
        .route("/api/boards/{segment}/links", post(make_link))
        .route("/healthz", get(health))
        .route("/metrics", get(metrics))
        .route("/ws/{segment}", get(upgrade))
        .route("/", get(index))
        .route("/b/{segment}", get(index))
        .route("/v/{segment}", get(index))
        .route("/f/{segment}", get(index))
        .fallback(get(file))
        .layer(DefaultBodyLimit::max(BODY))
        .layer(middleware::from_fn_with_state(Arc::new(public_host), guard::check))
        .with_state(service)
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct NewBoard {
    text: Option<String>,
}

#[derive(Serialize)]
struct Made {
    edit: String,
    view: String,
    facilitate: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewLink {
    role: String,
}

#[derive(Serialize)]
struct MadeLink {
    link: String,
}

type Failure = (StatusCode, String);

fn failure(error: BoardError) -> Failure {
    tracing::error!(%error, "a request failed");
    let sorry = "the server cannot do this now; try again later\n";
    (StatusCode::SERVICE_UNAVAILABLE, sorry.to_owned())
}

fn json<T: Serialize>(status: StatusCode, value: &T) -> Result<Response, Failure> {
    let body = serde_json::to_string(value)
        .map_err(|error| (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
    let kind = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    Ok((status, kind, body).into_response())
}

fn bad_request(error: impl std::fmt::Display) -> Failure {
    (StatusCode::BAD_REQUEST, format!("{error}\n"))
}

async fn make_board(
    State(service): State<Arc<Service>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let request: NewBoard = if body.is_empty() {
        NewBoard::default()
    } else {
        serde_json::from_slice(&body).map_err(bad_request)?
    };
    if !service.doors().may_make_board(address(peer, &headers, &service)) {
        let why = "too many new boards from this address; try again in an hour\n";
        return Err((StatusCode::TOO_MANY_REQUESTS, why.into()));
    }
    let links = boards::make(service.store(), request.text.as_deref(), Vec::new()).await.map_err(failure)?;
    let made = Made { edit: links.edit, view: links.view, facilitate: links.facilitate };
    json(StatusCode::CREATED, &made)
}

async fn make_link(
    State(service): State<Arc<Service>>,
    Path(segment): Path<String>,
    body: Bytes,
) -> Result<Response, Failure> {
    let unknown = || (StatusCode::NOT_FOUND, "no such board or link\n".to_owned());
    let request: NewLink = serde_json::from_slice(&body).map_err(bad_request)?;
    let role =
        role_from_name(&request.role).ok_or_else(|| bad_request("a role is view, edit or facilitate"))?;
    let segment = Segment::parse(&segment).ok_or_else(unknown)?;
    let grant = boards::grant(service.store(), &segment).await.map_err(failure)?.ok_or_else(unknown)?;
    if role > grant.role {
        let why = "a link cannot give more than it has\n";
        return Err((StatusCode::FORBIDDEN, why.into()));
    }
    let link = boards::add_link(service.store(), &grant.board, role).await.map_err(failure)?;
    json(StatusCode::CREATED, &MadeLink { link })
}

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
    let visitor = Visitor {
        segment: Segment::parse(&segment),
        token: ticket.token.filter(|token| !token.is_empty() && token.len() <= 200),
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

async fn index(headers: HeaderMap) -> Response {
    page::file("index.html", &headers)
}

async fn file(uri: axum::http::Uri, headers: HeaderMap) -> Response {
    page::file(uri.path().trim_start_matches('/'), &headers)
}

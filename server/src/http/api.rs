//! Making and deleting boards, and making links.

use super::{DELETED, Failure, NO_BOARD, SORRY, address};
use crate::access::{Door, Grant, Segment, role_from_name};
use crate::boards::{self, BoardError, Content};
use crate::committer::NotNow;
use crate::service::Service;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use board::file;
use board::wire::Role;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::sync::Arc;

/// A board's first text or file.
pub const BOARD: usize = 16 << 20;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct NewBoard {
    /// Event Markdown, as a file has it: the end of its last line begins no other one.
    text: Option<String>,
    /// A `.squall` file.
    squall: Option<String>,
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

pub fn failure(error: BoardError) -> Failure {
    tracing::error!(%error, "a request failed");
    match error {
        BoardError::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, format!("{error}\n")),
        BoardError::NotNow(NotNow::Full) => {
            let why = "the server's disk is full; try again when there is room\n";
            (StatusCode::INSUFFICIENT_STORAGE, why.to_owned())
        }
        _ => (StatusCode::SERVICE_UNAVAILABLE, SORRY.to_owned()),
    }
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

pub async fn make_board(
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
    let content = match (request.text, request.squall) {
        (Some(_), Some(_)) => {
            return Err(bad_request("a board is made from a text or from a file, not from both"));
        }
        (Some(text), None) => Content::Text(text),
        (None, Some(squall)) => Content::File(file::read(&squall).map_err(bad_request)?),
        (None, None) => Content::Nothing,
    };
    if !service.doors().may_make_board(address(peer, &headers, &service)) {
        let why = "too many new boards from this address; try again in an hour\n";
        return Err((StatusCode::TOO_MANY_REQUESTS, why.into()));
    }
    let most = service.limits().document;
    let links = boards::make(service.store(), content, most).await.map_err(failure)?;
    let made = Made { edit: links.edit, view: links.view, facilitate: links.facilitate };
    json(StatusCode::CREATED, &made)
}

async fn grant(service: &Service, segment: &str) -> Result<Grant, Failure> {
    let unknown = || (StatusCode::NOT_FOUND, NO_BOARD.to_owned());
    let segment = Segment::parse(segment).ok_or_else(unknown)?;
    match boards::door(service.store(), &segment).await.map_err(failure)? {
        Door::Open(grant) => Ok(grant),
        Door::Deleted(_) => Err((StatusCode::GONE, DELETED.to_owned())),
        Door::Wall => Err(unknown()),
    }
}

pub async fn make_link(
    State(service): State<Arc<Service>>,
    Path(segment): Path<String>,
    body: Bytes,
) -> Result<Response, Failure> {
    let request: NewLink = serde_json::from_slice(&body).map_err(bad_request)?;
    let role =
        role_from_name(&request.role).ok_or_else(|| bad_request("a role is view, edit or facilitate"))?;
    let grant = grant(&service, &segment).await?;
    if role > grant.role {
        let why = "a link cannot give more than it has\n";
        return Err((StatusCode::FORBIDDEN, why.into()));
    }
    let link = boards::add_link(service.store(), &grant.board, role).await.map_err(failure)?;
    json(StatusCode::CREATED, &MadeLink { link })
}

pub async fn delete_board(
    State(service): State<Arc<Service>>,
    Path(segment): Path<String>,
) -> Result<Response, Failure> {
    let grant = grant(&service, &segment).await?;
    if grant.role < Role::Facilitate {
        let why = "only the facilitator's link deletes a board\n";
        return Err((StatusCode::FORBIDDEN, why.into()));
    }
    // A task of its own: who asked may hang up, and a board is not deleted by half.
    let deleting = tokio::spawn(async move {
        boards::delete(service.store(), service.rooms(), &grant.board).await?;
        tracing::info!(board = %grant.board, "a board was deleted");
        Ok(())
    });
    let sorry = |_| (StatusCode::SERVICE_UNAVAILABLE, SORRY.to_owned());
    deleting.await.map_err(sorry)?.map_err(failure)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

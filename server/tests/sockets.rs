//! The server through its sockets: what people can rely on, and what clients cannot get away with.

mod common;

use board::awareness::{self, Entry};
use board::command::Splice;
use board::wire::{self, CloseCode, Message, Role, refused};
use board::{At, Command};
use common::{Client, TestServer, add, request};
use futures_util::SinkExt;
use server::Limits;
use tokio_tungstenite::tungstenite::Message as Frame;

#[tokio::test]
async fn two_people_see_each_others_lines_and_hear_that_theirs_are_saved() {
    let server = TestServer::start().await;
    let board = server.make_board("# One\nTodo Added // id").await;
    let mut ann = Client::join(server.address, &board.edit, 1).await;
    let mut bob = Client::join(server.address, &board.edit, 2).await;
    ann.until_synced().await;
    bob.until_synced().await;
    assert_eq!(ann.text(), "# One\nTodo Added // id");
    ann.command(add("Todo Done")).await;
    bob.until_text("# One\nTodo Added // id\nTodo Done").await;
    ann.until_saved().await;
    let (ann, bob) = (ann.hello.unwrap(), bob.hello.unwrap());
    assert_eq!(ann.role, Role::Edit);
    assert_eq!(ann.person.len(), 12);
    assert_ne!(ann.person, bob.person);
    server.stop().await;
}

#[tokio::test]
async fn what_was_saved_is_there_after_a_restart_and_the_first_answer_is_whole() {
    let directory = tempfile::tempdir().unwrap();
    let limits = Limits { frames_per_second: 1e6, ..Limits::default() };
    let server = TestServer::at(directory.path(), limits).await;
    let board = server.make_board("# One").await;
    let mut ann = Client::join(server.address, &board.edit, 1).await;
    ann.until_synced().await;
    // Enough rows for a snapshot and some after it.
    for number in 0..700 {
        ann.command(add(&format!("Event {number}"))).await;
    }
    ann.until_saved().await;
    let text = ann.text();
    server.stop().await;
    assert_eq!(ann.until_closed().await, Some(CloseCode::Restart.code()));

    let server = TestServer::at(directory.path(), Limits::default()).await;
    let mut bob = Client::join(server.address, &board.view, 2).await;
    bob.until_synced().await;
    assert_eq!(bob.text(), text);
    server.stop().await;
}

#[tokio::test]
async fn a_viewer_reads_and_is_closed_when_it_writes() {
    let server = TestServer::start().await;
    let board = server.make_board("# One").await;
    let mut eve = Client::join(server.address, &board.view, 1).await;
    eve.until_synced().await;
    assert_eq!(eve.text(), "# One");
    assert_eq!(eve.hello.as_ref().map(|hello| hello.role), Some(Role::View));
    eve.command(add("# Mine")).await;
    assert_eq!(eve.until_closed().await, Some(CloseCode::ViewOnly.code()));

    // By the other message, too.
    let mut eve = Client::join(server.address, &board.view, 2).await;
    eve.until_synced().await;
    for update in eve.updates(add("# Mine")) {
        eve.say(&Message::Step2(update)).await;
    }
    assert_eq!(eve.until_closed().await, Some(CloseCode::ViewOnly.code()));

    let mut ann = Client::join(server.address, &board.edit, 3).await;
    ann.until_synced().await;
    assert_eq!(ann.text(), "# One");
    server.stop().await;
}

#[tokio::test]
async fn a_link_that_is_wrong_in_any_way_opens_nothing() {
    let server = TestServer::start().await;
    let one = server.make_board("# One").await;
    let two = server.make_board("# Two").await;
    let mixed = format!("{}{}", &one.edit[..13], &two.edit[13..]);
    for segment in ["x", "aaaaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbb", &mixed, &one.edit[..34]] {
        let mut client = Client::connect(server.address, segment, 1).await;
        assert_eq!(client.until_closed().await, Some(CloseCode::NotFound.code()), "{segment}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_malformed_frame_closes_its_socket_and_nobody_elses() {
    let server = TestServer::start().await;
    let board = server.make_board("# One").await;
    let mut ann = Client::join(server.address, &board.edit, 1).await;
    ann.until_synced().await;
    let frames: [&[u8]; 4] = [
        &[],
        // Five bytes that promise half a billion clients: an update, a state vector, presence.
        &[0, 2, 5, 0xff, 0xff, 0xff, 0xff, 1],
        &[0, 0, 5, 0xff, 0xff, 0xff, 0xff, 1],
        &[1, 5, 0xff, 0xff, 0xff, 0xff, 1],
    ];
    for frame in frames {
        let mut eve = Client::join(server.address, &board.edit, 2).await;
        eve.until_synced().await;
        eve.send(frame.to_vec()).await;
        assert_eq!(eve.until_closed().await, Some(CloseCode::Malformed.code()), "{frame:?}");
    }
    ann.command(add("Still Here")).await;
    ann.until_saved().await;
    server.stop().await;
}

#[tokio::test]
async fn a_frame_over_the_limit_closes_its_socket() {
    let server = TestServer::start().await;
    let board = server.make_board("# One").await;
    let mut eve = Client::join(server.address, &board.edit, 1).await;
    eve.until_synced().await;
    eve.send(vec![0; (1 << 20) + 1]).await;
    assert_eq!(eve.until_closed().await, Some(CloseCode::TooBig.code()));
    server.stop().await;
}

#[tokio::test]
async fn a_paste_that_is_too_much_for_one_edit_is_taken_when_it_is_said_again_as_a_whole() {
    let server = TestServer::start().await;
    let links = server.make_board("").await;
    let mut ann = Client::join(server.address, &links.edit, 1).await;
    ann.until_synced().await;
    let text: Vec<String> = (0..5_000).map(|at| format!("Item {at} Sent")).collect();
    ann.command(Command::Paste { at: At::End, text: text.join("\n"), place: None }).await;
    assert_eq!(ann.until_closed().await, Some(CloseCode::TooBig.code()), "a page takes this for no accident");

    // The page comes back with what it has, and the server asks for what it does not know.
    let path = format!("{}?token=device-1", links.edit);
    let mut again = Client::connect(server.address, &path, 2).await;
    std::mem::swap(&mut again.replica, &mut ann.replica);
    again.greet().await;
    again.until("the whole is saved", |again| again.sent > 0 && again.saved == again.sent).await;
    let mut bob = Client::join(server.address, &links.edit, 3).await;
    bob.until("the paste", |bob| bob.text().lines().count() >= 5_000).await;
    server.stop().await;
}

#[tokio::test]
async fn a_socket_that_says_nothing_is_closed() {
    let limits = Limits { handshake: std::time::Duration::from_millis(50), ..Limits::default() };
    let server = TestServer::with(limits).await;
    let board = server.make_board("# One").await;
    let mut eve = Client::connect(server.address, &board.view, 1).await;
    assert_eq!(eve.until_closed().await, Some(CloseCode::Silent.code()));
    server.stop().await;
}

#[tokio::test]
async fn a_socket_that_never_rests_is_closed_with_a_reason() {
    let limits = Limits {
        frames_per_second: 1.0,
        patience: std::time::Duration::from_millis(500),
        ..Limits::default()
    };
    let server = TestServer::with(limits).await;
    let board = server.make_board("# One").await;
    let mut eve = Client::join(server.address, &board.edit, 1).await;
    for _ in 0..20 {
        eve.say(&Message::QueryAwareness).await;
    }
    assert_eq!(eve.until_closed().await, Some(CloseCode::TooFast.code()));
    server.stop().await;
}

#[tokio::test]
async fn a_board_that_is_full_takes_nothing_more_and_still_reads() {
    let limits = Limits { document: 4_000, ..Limits::default() };
    let server = TestServer::with(limits).await;
    let board = server.make_board("# One").await;
    let mut ann = Client::join(server.address, &board.edit, 1).await;
    ann.until_synced().await;
    for _ in 0..40 {
        ann.command(add(&"x".repeat(200))).await;
    }
    assert_eq!(ann.until_closed().await, Some(CloseCode::Full.code()));
    // She was warned before, and once.
    assert_eq!(ann.refused, [refused::NEARLY_FULL]);
    let mut bob = Client::join(server.address, &board.view, 2).await;
    bob.until_synced().await;
    assert!(bob.text().starts_with("# One\nxxx"));
    server.stop().await;
}

/// Types at the end of the last line.
fn type_at_end(client: &Client, insert: &str) -> Command {
    let board = client.replica.board();
    let line = board.order.last().unwrap().clone();
    let at = board.lines[&line].text.encode_utf16().count() as u32;
    Command::Type { line, splices: vec![Splice { at, delete: 0, insert: insert.to_owned() }] }
}

#[tokio::test]
async fn updates_that_build_on_what_never_came_end_with_a_request_for_everything() {
    let limits = Limits { pending: 2_000, ..Limits::default() };
    let server = TestServer::with(limits).await;
    let board = server.make_board("# One").await;
    let mut ann = Client::join(server.address, &board.edit, 1).await;
    let mut bob = Client::join(server.address, &board.edit, 2).await;
    ann.until_synced().await;
    bob.until_synced().await;
    let _lost = ann.updates(add("Lost"));
    let sent = ann.sent;
    for _ in 0..40 {
        let typing = type_at_end(&ann, &"x".repeat(100));
        ann.command(typing).await;
    }
    assert_eq!(ann.until_closed().await, Some(CloseCode::Resync.code()));
    assert!(ann.saved <= sent, "nothing of it was confirmed");
    // Joining again with everything heals it; the others never noticed.
    bob.command(add("Todo Done")).await;
    bob.until_saved().await;
    assert!(!bob.replica.has_pending());
    let mut again = Client::connect(server.address, &format!("{}?token=t", board.edit), 3).await;
    std::mem::swap(&mut again.replica, &mut ann.replica);
    again.greet().await;
    again.until_synced().await;
    again.until("its upload is saved", |client| client.sent == 1 && client.saved == 1).await;
    let text = again.text();
    assert_eq!(text.lines().map(str::len).max(), Some(4_004));
    bob.until_text(&text).await;
    server.stop().await;
}

#[tokio::test]
async fn an_update_that_comes_too_early_is_asked_for_again_and_saved() {
    let server = TestServer::start().await;
    let board = server.make_board("# One").await;
    let mut ann = Client::join(server.address, &board.edit, 1).await;
    let mut bob = Client::join(server.address, &board.edit, 2).await;
    ann.until_synced().await;
    bob.until_synced().await;
    let first = ann.updates(add("Todo"));
    let typing = type_at_end(&ann, " Done");
    let second = ann.updates(typing);
    for update in second.into_iter().chain(first) {
        ann.say(&Message::Update(update)).await;
    }
    ann.until_saved().await;
    bob.until_text("# One\nTodo Done").await;
    assert!(!bob.replica.has_pending());
    server.stop().await;
}

fn presence(client: u64, clock: u64, state: Option<&str>) -> Message {
    let entry = Entry { client, clock, state: state.map(str::to_owned) };
    Message::Awareness(awareness::write(&[entry]))
}

#[tokio::test]
async fn presence_is_echoed_told_to_others_and_taken_away_with_its_socket() {
    let server = TestServer::start().await;
    let board = server.make_board("# One").await;
    let mut ann = Client::join(server.address, &board.edit, 1).await;
    let mut bob = Client::join(server.address, &board.edit, 2).await;
    ann.until_synced().await;
    bob.until_synced().await;
    ann.say(&presence(71, 1, Some("{\"name\":\"Ann\"}"))).await;
    ann.until("the echo", |client| client.heard.len() == 1).await;
    bob.until("Ann is here", |client| client.here.states().count() == 1).await;
    // Bob passes on what he heard, as Yjs clients do, and then tries to remove her: neither counts.
    bob.say(&presence(71, 1, Some("{\"name\":\"Ann\"}"))).await;
    bob.say(&presence(71, 9, None)).await;
    bob.say(&presence(72, 1, Some("{\"name\":\"Bob\"}"))).await;
    ann.until("Bob is here", |client| client.here.states().count() == 2).await;
    assert_eq!(ann.heard.len(), 2);
    let mut cid = Client::join(server.address, &board.view, 3).await;
    cid.until("both are here", |client| client.here.states().count() == 2).await;
    ann.socket.close(None).await.unwrap();
    bob.until("Ann has left", |client| client.here.states().count() == 1).await;
    server.stop().await;
}

#[tokio::test]
async fn many_first_joins_at_once_make_one_room() {
    // `SQUALL_JOINS=1000` makes it as hard as it may become.
    let people: u64 = std::env::var("SQUALL_JOINS").map_or(60, |joins| joins.parse().unwrap());
    let limits =
        Limits { sockets_per_room: people as usize, handshake: common::PATIENCE, ..Limits::default() };
    let server = TestServer::with(limits).await;
    for round in 0..5 {
        let board = server.make_board("# One").await;
        let joins = (0..people).map(|seed| {
            let (address, segment) = (server.address, board.edit.clone());
            tokio::spawn(async move {
                let mut client = Client::join(address, &segment, round * people + seed).await;
                client.until_synced().await;
                assert_eq!(client.text(), "# One");
                client
            })
        });
        let joins: Vec<_> = joins.collect();
        let mut clients = Vec::new();
        for join in joins {
            clients.push(join.await.unwrap());
        }
        clients[0].command(add("One Room")).await;
        for client in &mut clients {
            client.until_text("# One\nOne Room").await;
        }
    }
    server.stop().await;
}

/// Writes the last line anew.
fn rewrite(client: &Client, insert: &str) -> Command {
    let board = client.replica.board();
    let line = board.order.last().unwrap().clone();
    let delete = board.lines[&line].text.encode_utf16().count() as u32;
    Command::Type { line, splices: vec![Splice { at: 0, delete, insert: insert.to_owned() }] }
}

#[tokio::test]
async fn a_reader_that_pauses_gets_everything_in_the_end() {
    let limits = Limits { queue: 20_000, frames_per_second: 1e6, bytes_per_second: 1e9, ..Limits::default() };
    let server = TestServer::with(limits).await;
    let board = server.make_board("# One").await;
    let mut ann = Client::join(server.address, &board.edit, 1).await;
    let mut slow = Client::join(server.address, &board.edit, 2).await;
    ann.until_synced().await;
    slow.until_synced().await;
    // More than the sockets' own buffers hold: about 12 MB that nobody reads. The same line is written anew each time,
    // so that the board stays small and nobody is busy for so long that the server gives the reader up.
    const ROUNDS: usize = 200;
    for round in 0..ROUNDS {
        ann.command(rewrite(&ann, &format!("{round} {}", "x".repeat(60_000)))).await;
    }
    ann.until_saved().await;
    let text = ann.text();
    slow.until_text(&text).await;
    assert!(slow.updates < ROUNDS, "one difference stands for what it did not read");
    // And it is no longer behind.
    ann.command(add("The End")).await;
    let text = ann.text();
    slow.until_text(&text).await;
    server.stop().await;
}

#[tokio::test]
async fn links_are_made_up_to_ones_own_role() {
    let server = TestServer::start().await;
    let board = server.make_board("# One").await;
    let mint = async |segment: &str, role: &str| {
        let body = format!("{{\"role\":\"{role}\"}}");
        request(server.address, "POST", &format!("/api/boards/{segment}/links"), &[], &body).await
    };
    assert_eq!(mint(&board.view, "edit").await.status, 403);
    assert_eq!(mint(&board.edit, "facilitate").await.status, 403);
    assert_eq!(mint(&board.edit, "owner").await.status, 400);
    assert_eq!(mint("aaaaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbb", "view").await.status, 404);
    let made = mint(&board.edit, "view").await;
    assert_eq!(made.status, 201);
    let link: serde_json::Value = serde_json::from_str(&made.body).unwrap();
    let path = link["link"].as_str().unwrap();
    let segment = path.strip_prefix("/v/").unwrap();
    assert_ne!(segment, board.view);
    let mut eve = Client::join(server.address, segment, 1).await;
    eve.until_synced().await;
    eve.command(add("# Mine")).await;
    assert_eq!(eve.until_closed().await, Some(CloseCode::ViewOnly.code()));
    server.stop().await;
}

#[tokio::test]
async fn pages_of_other_sites_and_unknown_names_are_turned_away() {
    let server = TestServer::start().await;
    let host = server.address.to_string();
    let own = format!("http://{host}");
    let get = async |headers: &[(&str, &str)]| request(server.address, "GET", "/healthz", headers, "").await;
    assert_eq!(get(&[]).await.status, 200);
    assert_eq!(get(&[("Origin", &own)]).await.status, 200);
    assert_eq!(get(&[("Origin", "https://evil.example")]).await.status, 403);
    assert_eq!(get(&[("Host", "evil.example")]).await.status, 421);
    let page = request(server.address, "GET", "/", &[], "").await;
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    assert!(page.header("content-security-policy").unwrap().contains("frame-ancestors 'none'"));
    server.stop().await;
}

#[tokio::test]
async fn two_servers_do_not_share_a_directory() {
    let directory = tempfile::tempdir().unwrap();
    let server = TestServer::at(directory.path(), Limits::default()).await;
    let second = server::Server::open(server::Config::new(directory.path().to_owned()));
    assert!(matches!(second, Err(server::ServerError::InUse { .. })));
    server.stop().await;
}

#[tokio::test]
async fn several_messages_in_one_frame_are_all_heard() {
    let server = TestServer::start().await;
    let board = server.make_board("# One").await;
    let mut ann = Client::connect(server.address, &board.edit, 1).await;
    let mut frame = wire::encode(&Message::Step1(vec![0]));
    frame.extend(wire::encode(&presence(5, 1, Some("{}"))));
    ann.send(frame).await;
    ann.until("both are answered", |client| client.synced && client.heard.len() == 1).await;
    server.stop().await;
}

#[tokio::test]
async fn a_text_frame_is_malformed() {
    let server = TestServer::start().await;
    let board = server.make_board("# One").await;
    let mut eve = Client::connect(server.address, &board.edit, 1).await;
    eve.socket.send(Frame::Text("hello".into())).await.unwrap();
    assert_eq!(eve.until_closed().await, Some(CloseCode::Malformed.code()));
    server.stop().await;
}

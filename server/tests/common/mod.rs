//! A server of its own on a free port for each test, and a client made by hand around a replica.

#![allow(dead_code, reason = "each test file uses its own part")]

use board::awareness::{self, Awareness, Entry};
use board::wire::{self, Hello, Limits as FrameLimits, Message};
use board::{Author, Command, PersonId, Replica, Step, plan};
use futures_util::{SinkExt, StreamExt};
use server::{Config, Limits, Server, ServerError};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Only a broken test waits for so long.
pub const PATIENCE: Duration = Duration::from_secs(30);

pub struct TestServer {
    pub address: SocketAddr,
    pub data: PathBuf,
    _directory: Option<TempDir>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), ServerError>>,
}

impl TestServer {
    pub async fn start() -> TestServer {
        Self::with(Limits::default()).await
    }

    pub async fn with(limits: Limits) -> TestServer {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().to_owned();
        let mut server = Self::at(&path, limits).await;
        server._directory = Some(directory);
        server
    }

    pub async fn at(data: &Path, limits: Limits) -> TestServer {
        let config = Config { limits, ..Config::new(data.to_owned()) };
        Self::on(Server::open(config).unwrap(), data).await
    }

    pub async fn on(server: Server, data: &Path) -> TestServer {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(server.serve(listener, async move {
            let _ = stopped.await;
        }));
        TestServer { address, data: data.to_owned(), _directory: None, stop, task }
    }

    /// Graceful; the directory stays if the caller owns it.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        self.task.await.unwrap().unwrap();
    }

    pub async fn make_board(&self, text: &str) -> Links {
        make_board(self.address, text).await
    }
}

/// Segments, without `/b/`.
#[derive(Clone, Debug)]
pub struct Links {
    pub edit: String,
    pub view: String,
    pub facilitate: String,
}

pub async fn make_board(address: SocketAddr, text: &str) -> Links {
    let body = serde_json::json!({ "text": text }).to_string();
    let response = request(address, "POST", "/api/boards", &[], &body).await;
    assert_eq!(response.status, 201, "{response:?}");
    let links: serde_json::Value = serde_json::from_str(&response.body).unwrap();
    let segment = |name: &str| links[name].as_str().unwrap()[3..].to_owned();
    Links { edit: segment("edit"), view: segment("view"), facilitate: segment("facilitate") }
}

#[derive(Debug)]
pub struct Response {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Response {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// One request on a connection of its own.
pub async fn request(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Response {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        head += &format!("Host: {address}\r\n");
    }
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Response { status, head: head.to_owned(), body: body.to_owned() }
}

pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

pub struct Client {
    pub socket: Socket,
    pub replica: Replica,
    pub person: PersonId,
    pub hello: Option<Hello>,
    /// The first `Step2` has arrived: what a Yjs client calls synced.
    pub synced: bool,
    /// Frames with updates that were sent, and how many of them are confirmed.
    pub sent: u64,
    pub saved: u64,
    /// Messages with updates that were heard.
    pub updates: usize,
    pub here: Awareness,
    pub heard: Vec<Entry>,
    pub refused: Vec<String>,
    pub closed: Option<u16>,
    random: fastrand::Rng,
}

impl Client {
    /// A page: it has a token and hears `Hello` and `Saved`.
    pub async fn join(address: SocketAddr, segment: &str, seed: u64) -> Client {
        let mut client = Self::connect(address, &format!("{segment}?token=device-{seed}"), seed).await;
        client.greet().await;
        client
    }

    pub async fn connect(address: SocketAddr, path: &str, seed: u64) -> Client {
        Self::try_connect(address, path, seed).await.unwrap()
    }

    pub async fn try_connect(
        address: SocketAddr,
        path: &str,
        seed: u64,
    ) -> Result<Client, tokio_tungstenite::tungstenite::Error> {
        let (socket, _) = connect_async(format!("ws://{address}/ws/{path}")).await?;
        let mut random = fastrand::Rng::with_seed(seed);
        let person = PersonId(format!("person-{seed}").into());
        let replica = Replica::new(u64::from(random.u32(1..)), person.clone(), || 0);
        Ok(Client {
            socket,
            replica,
            person,
            hello: None,
            synced: false,
            sent: 0,
            saved: 0,
            updates: 0,
            here: Awareness::default(),
            heard: Vec::new(),
            refused: Vec::new(),
            closed: None,
            random,
        })
    }

    /// What a Yjs client says first.
    pub async fn greet(&mut self) {
        let known = self.replica.state_vector();
        self.say(&Message::Step1(known)).await;
    }

    /// The server may have closed already; then reading tells.
    pub async fn say(&mut self, message: &Message) {
        if matches!(message, Message::Step2(_) | Message::Update(_)) {
            self.sent += 1;
        }
        self.send(wire::encode(message)).await;
    }

    pub async fn send(&mut self, frame: Vec<u8>) {
        let _ = self.socket.send(Frame::Binary(frame.into())).await;
    }

    /// Carries a command out and sends what came of it.
    pub async fn command(&mut self, command: Command) {
        for update in self.updates(command) {
            self.say(&Message::Update(update)).await;
        }
    }

    /// Carries a command out and keeps what came of it.
    pub fn updates(&mut self, command: Command) -> Vec<Vec<u8>> {
        let random = &mut self.random;
        let mut draw = || random.u64(..);
        let mut author = Author { me: &self.person, now: 1.0, random: &mut draw };
        let plan = plan(self.replica.board(), &command, &mut author);
        self.replica.apply(&plan.ops, Step::New);
        self.replica.outgoing()
    }

    pub fn text(&self) -> String {
        self.replica.board().text()
    }

    /// Reads one frame; false when the socket has ended.
    pub async fn read(&mut self) -> bool {
        let next = tokio::time::timeout(PATIENCE, self.socket.next());
        match next.await.expect("the server says something") {
            Some(Ok(Frame::Binary(bytes))) => {
                for message in wire::decode(&bytes, &FrameLimits::FROM_SERVER).unwrap() {
                    self.hear(message).await;
                }
                true
            }
            Some(Ok(Frame::Close(close))) => {
                self.closed = close.map(|close| close.code.into());
                false
            }
            Some(Ok(_)) => true,
            Some(Err(_)) | None => false,
        }
    }

    async fn hear(&mut self, message: Message) {
        match message {
            Message::Step1(known) => {
                let missing = self.replica.diff(&known).unwrap();
                self.say(&Message::Step2(missing)).await;
            }
            Message::Step2(update) => {
                self.replica.merge(&update).unwrap();
                self.synced = true;
            }
            Message::Update(update) => {
                self.replica.merge(&update).unwrap();
                self.updates += 1;
            }
            Message::Awareness(update) => {
                for entry in awareness::read(&update) {
                    self.heard.push(entry.clone());
                    self.here.apply(entry, 0);
                }
            }
            Message::Hello(hello) => self.hello = Some(hello),
            Message::Saved(count) => self.saved = count,
            Message::Refused { code, .. } => self.refused.push(code),
            Message::Denied(_) | Message::QueryAwareness => {}
        }
    }

    /// Reads until something is so.
    pub async fn until(&mut self, what: &str, so: impl Fn(&Client) -> bool) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while !so(self) {
            let before = tokio::time::Instant::now() < deadline;
            assert!(before && self.read().await, "waiting until {what}; closed: {:?}", self.closed);
        }
    }

    pub async fn until_synced(&mut self) {
        self.until("synced", |client| client.synced).await;
    }

    pub async fn until_saved(&mut self) {
        self.until("everything is saved", |client| client.saved == client.sent).await;
    }

    pub async fn until_text(&mut self, text: &str) {
        let start: String = text.chars().take(200).collect();
        self.until(&format!("the text is {start:?}"), |client| client.text() == text).await;
    }

    /// Reads until the server closes; the answer is its code.
    pub async fn until_closed(&mut self) -> Option<u16> {
        let end = tokio::time::Instant::now() + PATIENCE;
        while self.read().await {
            assert!(tokio::time::Instant::now() < end, "the server does not close");
        }
        self.closed
    }
}

pub fn add(text: &str) -> Command {
    Command::Add { at: board::At::End, text: text.to_owned(), place: None }
}

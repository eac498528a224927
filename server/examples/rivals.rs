//! How fast updates reach the others, and what that costs: this server beside `@y/websocket-server`, in one run.
//!
//! ```text
//! cargo run --release -p server --example rivals
//! ```
//!
//! One writer sends 50 updates a second to a board that 50 thin clients read (`READERS`, `SECONDS`, `ROUNDS` change
//! that). The servers are processes of their own and take turns, so that whatever else the machine does falls on both.
//! Printed are the delivery's median and 99th percentile and the server's CPU time for each delivery; this server
//! also puts every update on disk, the other one keeps none. Needs Linux, and Node with npm; packages go into the
//! target directory.

#[path = "../tests/common/mod.rs"]
mod common;

use board::command::Splice;
use board::wire::{self, Message};
use board::{Author, Command, PersonId, Replica, Step, plan};
use futures_util::{SinkExt, StreamExt};
use server::{Config, Server};
use std::error::Error;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command as Process};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message as Frame;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const PACKAGES: [&str; 2] = ["@y/websocket-server@0.1.1", "yjs@13.6.33"];
const PER_SECOND: usize = 50;

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

#[tokio::main]
async fn main() -> Result<()> {
    if let Some(data) =
        std::env::args().nth(2).filter(|_| std::env::args().nth(1).as_deref() == Some("serve"))
    {
        return serve(data.into()).await;
    }
    let packages = install()?;
    let (readers, seconds, rounds) = (number("READERS", 50), number("SECONDS", 4), number("ROUNDS", 3));
    let updates = typing(PER_SECOND * seconds + 1);
    let (mut ours, mut theirs) = (Figures::default(), Figures::default());
    for _ in 0..rounds {
        let data = tempfile::tempdir()?;
        let (child, address) = squall(data.path()).await?;
        let segment = common::make_board(address, "# Bench").await.edit;
        ours.add(measure(&child, format!("ws://{address}/ws/{segment}"), &updates, readers).await?);
        let (child, address) = rival(&packages).await?;
        theirs.add(measure(&child, format!("ws://{address}/bench"), &updates, readers).await?);
    }
    println!("{readers} readers, {PER_SECOND} updates/s, {rounds} rounds of {seconds} s each");
    let (ours, theirs) = (ours.summary(), theirs.summary());
    println!("{:<22} {:>10} {:>10} {:>16}", "", "p50 ms", "p99 ms", "CPU µs/delivery");
    for (name, [p50, p99, cpu]) in [("squall", ours), ("y-websocket", theirs)] {
        println!("{name:<22} {p50:>10.3} {p99:>10.3} {cpu:>16.1}");
    }
    let ratio: Vec<f64> = ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs).collect();
    println!("{:<22} {:>10.2} {:>10.2} {:>16.2}", "ratio", ratio[0], ratio[1], ratio[2]);
    Ok(())
}

/// This program again, as the server.
async fn serve(data: PathBuf) -> Result<()> {
    let server = Server::open(Config::new(data))?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    Ok(server.serve(listener, std::future::pending()).await?)
}

async fn squall(data: &Path) -> Result<(Child, SocketAddr)> {
    let mut child = Process::new(std::env::current_exe()?);
    let (child, line) = first_line(child.arg("serve").arg(data)).await?;
    Ok((child, line.parse()?))
}

async fn rival(packages: &Path) -> Result<(Child, SocketAddr)> {
    let address = TcpListener::bind("127.0.0.1:0").await?.local_addr()?;
    let mut node = Process::new("node");
    node.arg(packages.join("node_modules/@y/websocket-server/src/server.js"))
        .env("HOST", "127.0.0.1")
        .env("PORT", address.port().to_string());
    Ok((first_line(&mut node).await?.0, address))
}

async fn first_line(command: &mut Process) -> Result<(Child, String)> {
    let mut child = command.stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
    let stdout = child.stdout.take().ok_or("no output")?;
    let line = BufReader::new(stdout).lines().next_line().await?;
    Ok((child, line.ok_or("the server ended before it listened")?))
}

/// The other server, fetched once into the target directory.
fn install() -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    let target = own.ancestors().nth(3).ok_or("no target directory")?;
    let packages = target.join("rivals");
    if !packages.join("node_modules/@y/websocket-server").exists() {
        std::fs::create_dir_all(&packages)?;
        std::fs::write(packages.join("package.json"), "{\"private\":true}")?;
        let mut npm = std::process::Command::new("npm");
        npm.args(["install", "--silent", "--no-audit", "--no-fund"]).args(PACKAGES).current_dir(&packages);
        if !npm.status()?.success() {
            return Err("npm install failed".into());
        }
    }
    Ok(packages)
}

/// A person's updates: a line, and then one letter after the other.
fn typing(count: usize) -> Vec<Vec<u8>> {
    let me = PersonId("writer".into());
    let mut replica = Replica::new(77, me.clone(), || 0);
    let mut draws = 0;
    let mut carry_out = |replica: &mut Replica, command: Command| {
        let mut draw = || {
            draws += 1;
            draws
        };
        let mut author = Author { me: &me, now: 1.0, random: &mut draw };
        let plan = plan(replica.board(), &command, &mut author);
        replica.apply(&plan.ops, Step::Untracked);
        replica.outgoing()
    };
    let line = Command::Add { at: board::At::End, text: "Typed".into(), place: None };
    let mut updates = carry_out(&mut replica, line);
    while updates.len() < count {
        let Some((line, record)) = replica.board().lines.iter().next() else {
            break;
        };
        let splice = Splice { at: record.text.len() as u32, delete: 0, insert: "x".into() };
        let letter = Command::Type { line: line.clone(), splices: vec![splice] };
        updates.extend(carry_out(&mut replica, letter));
    }
    updates
}

#[derive(Default)]
struct Figures {
    delays: Vec<Duration>,
    cpu: Duration,
}

impl Figures {
    fn add(&mut self, more: Figures) {
        self.delays.extend(more.delays);
        self.cpu += more.cpu;
    }

    /// Median and 99th percentile in ms, CPU for a delivery in µs.
    fn summary(mut self) -> [f64; 3] {
        self.delays.sort();
        let at = |share: usize| self.delays[(self.delays.len() - 1) * share / 100].as_secs_f64() * 1e3;
        [at(50), at(99), self.cpu.as_secs_f64() * 1e6 / self.delays.len() as f64]
    }
}

async fn measure(server: &Child, url: String, updates: &[Vec<u8>], readers: usize) -> Result<Figures> {
    let sent: Arc<Vec<OnceLock<Instant>>> = Arc::new(updates.iter().map(|_| OnceLock::new()).collect());
    let mut tasks = Vec::new();
    for _ in 0..readers {
        let mut socket = join(&url).await?;
        let sent = sent.clone();
        tasks.push(tokio::spawn(async move {
            let mut delays = Vec::with_capacity(sent.len());
            while delays.len() < sent.len() {
                let frame = tokio::time::timeout(common::PATIENCE, socket.next()).await?;
                let frame = frame.ok_or("the server has closed")??;
                // Updates come in the order in which they were sent, each as one frame.
                if frame.into_data().starts_with(&[0, 2]) {
                    let at = sent[delays.len()].get().ok_or("more came than was sent")?;
                    delays.push(at.elapsed());
                }
            }
            Ok::<_, Box<dyn Error + Send + Sync>>(delays)
        }));
    }
    let mut writer = join(&url).await?;
    let before = cpu(server)?;
    let mut beat = tokio::time::interval(Duration::from_secs(1) / PER_SECOND as u32);
    for (update, sent) in updates.iter().zip(sent.iter()) {
        beat.tick().await;
        let frame = wire::encode(&Message::Update(update.clone()));
        let _ = sent.set(Instant::now());
        writer.send(Frame::Binary(frame.into())).await?;
    }
    let mut figures = Figures::default();
    for task in tasks {
        figures.delays.extend(task.await??);
    }
    figures.cpu = cpu(server)? - before;
    Ok(figures)
}

/// A client that is told what there is and then only listens.
async fn join(url: &str) -> Result<common::Socket> {
    let (mut socket, _) = connect_async(url).await?;
    let ask = wire::encode(&Message::Step1(vec![0]));
    socket.send(Frame::Binary(ask.into())).await?;
    loop {
        let frame = socket.next().await.ok_or("the server has closed")??;
        if frame.into_data().starts_with(&[0, 1]) {
            return Ok(socket);
        }
    }
}

/// The time a process has had so far, from Linux' own books (in hundredths of a second).
fn cpu(process: &Child) -> Result<Duration> {
    let pid = process.id().ok_or("the server has ended")?;
    let books = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let fields: Vec<&str> = books.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|ticks| ticks.parse::<u64>().ok());
    let ticks = ticks(11).zip(ticks(12)).map(|(user, system)| user + system);
    Ok(Duration::from_millis(10 * ticks.ok_or("cannot read the server's CPU time")?))
}

//! `squall serve`: the server, its example board, and its end on SIGTERM or Ctrl-C.

use anyhow::Context;
use server::{Config, Server};
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use tokio::net::TcpListener;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Where to listen; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// The directory for boards and their logs
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Under which address people reach this server, where it is not an IP address or a local name
    #[arg(long)]
    public_url: Option<String>,
    /// Trust `X-Forwarded-For` (only behind a proxy that sets it)
    #[arg(long)]
    behind_proxy: bool,
}

pub fn run(args: Arguments) -> anyhow::Result<ExitCode> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(tracing::Level::INFO).init();
    let runtime = tokio::runtime::Runtime::new().context("cannot start")?;
    let end = runtime.block_on(serve(args));
    // Sockets that would not end in time do not hold up the process.
    runtime.shutdown_background();
    end.map(|()| ExitCode::SUCCESS)
}

async fn serve(args: Arguments) -> anyhow::Result<()> {
    let config = Config {
        public_url: args.public_url.clone(),
        behind_proxy: args.behind_proxy,
        ..Config::new(args.data)
    };
    let server = Server::open(config)?;
    let example = server.example().await?;
    let listener =
        TcpListener::bind(args.listen).await.with_context(|| format!("cannot listen on {}", args.listen))?;
    let address = format!("http://{}", listener.local_addr()?);
    let public = args.public_url.as_deref().unwrap_or(&address);
    let public = public.trim_end_matches('/');
    let shutdown = shutdown()?;
    let greeting = format!("Squall listens on {address}\nAn example board: {public}{example}\n");
    // Whoever started this may have closed its end; the server runs all the same.
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(greeting.as_bytes()).and_then(|()| out.flush());
    drop(out);
    server.serve(listener, shutdown).await?;
    Ok(())
}

/// Resolves when somebody asks the process to end.
#[cfg(unix)]
fn shutdown() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn shutdown() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

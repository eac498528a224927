//! `squall serve`: the server library behind command-line arguments.

use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub struct Arguments {
    /// Where to listen
    #[arg(long, default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// The directory that holds the boards
    #[arg(long, default_value = "./data")]
    pub data: PathBuf,
    /// The address people reach the server at, where it differs from the one it listens at
    #[arg(long)]
    pub public_url: Option<String>,
}

pub fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    anyhow::bail!(
        "the server for {} is not built in yet (data in {}, public at {})",
        arguments.listen,
        arguments.data.display(),
        arguments.public_url.as_deref().unwrap_or("the same address")
    )
}

//! The cable between one person's browser and the server: it can be pulled out and put back.
//!
//! The browser's own emulation of "offline" leaves open WebSockets alone, so every person reaches the server through
//! a relay of theirs on a port of its own.

use anyhow::Result;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

pub struct Cable {
    /// `http://127.0.0.1:PORT` of the relay.
    pub origin: String,
    plugged: watch::Sender<bool>,
}

impl Cable {
    /// `server` is the origin behind it; it may come and go.
    pub async fn lay(server: &str) -> Result<Cable> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let address = server.trim_start_matches("http://").to_string();
        let (plugged, watched) = watch::channel(true);
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                tokio::spawn(carry(near, address.clone(), watched.clone()));
            }
        });
        Ok(Cable { origin, plugged })
    }

    pub fn plug(&self, in_place: bool) {
        self.plugged.send_replace(in_place);
    }
}

/// Ends when either side ends, when the cable is pulled, and at once while it is out.
async fn carry(mut near: TcpStream, address: String, mut plugged: watch::Receiver<bool>) {
    if !*plugged.borrow() {
        return;
    }
    let Ok(mut far) = TcpStream::connect(address).await else { return };
    tokio::select! {
        _ = copy_bidirectional(&mut near, &mut far) => {}
        _ = plugged.wait_for(|plugged| !plugged) => {}
    }
}

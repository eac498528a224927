//! Boards that are read without being joined.

use super::fake::FakeLog;
use crate::access::BoardId;
use crate::config::Config;
use crate::documents::Document;
use crate::rooms::Rooms;
use crate::service::Service;
use tokio::sync::{mpsc, watch};

#[tokio::test]
async fn who_has_a_document_in_memory_has_a_turn_until_the_work_is_done() {
    let (store, _threads) = FakeLog::new().start();
    let (_stop, stopped) = watch::channel(false);
    let config = Config::new(std::path::PathBuf::new());
    let rooms = Rooms::new(store.clone(), config.limits.clone(), stopped.clone());
    let (guests, _) = mpsc::channel(1);
    let service = Service::new(store, rooms, &config, stopped, &guests);
    let free = || service.drawing().available_permits();
    let all = free();
    let document = Document::of(&service, &BoardId::random().unwrap()).await.unwrap();
    assert_eq!(free(), all - 1);
    let turns = service.drawing();
    assert_eq!(document.read(move |_| turns.available_permits()).await.unwrap(), all - 1);
    assert_eq!(free(), all);
}

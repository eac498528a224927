//! What happens when things fail that sockets cannot make fail: rooms on a log that fails when it is told to.

mod documents;
mod failures;
mod fake;
mod model;
mod rooms;

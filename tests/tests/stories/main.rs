//! The stories, one module a part of the product. One binary: it is linked once, and as many stories run beside each
//! other as the machine has cores, from the first to the last.

mod acceptance;
mod bands;
mod board;
mod content;
mod faces;
mod firefox;
mod hands;
mod harness;
mod home;
mod keyboard;
mod offline;
mod run;
mod run_developer;
mod run_shared;
mod run_storm;
mod run_worker;
mod ship;
mod ship_try;
mod text;
mod wall;

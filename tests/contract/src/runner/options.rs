//! What is to be tested.

use super::stores::{Kind, Store};
use anyhow::{Context, Result, bail};
use codegen::Target;

pub const HELP: &str = "\
cargo xtask services [OPTIONS]

  --target NAMES     node,python,specs (node,python)
  --sample NAMES     boards of app/assets and of tests/contract/stories (todolist)
  --all              all samples on memory and SQLite, two of them on PostgreSQL and the stand-in for KurrentDB
  --store NAMES      memory,sqlite,postgres,kurrentdb (memory,sqlite); sqlite+memory keeps read models in memory
  --seeds N          storms of requests for each service and store (2)
  --commands N       commands of each storm (80)
  --no-own-tests     without the services' own tests
  --schemathesis     all checks of schemathesis besides
  --load             commands per second on memory and SQLite
";

/// On these all stores are tried, and read models in another store than events.
const ON_ALL_STORES: [&str; 2] = ["todolist", "coffee-shop"];
const ALL_STORES: [Store; 6] = [
    Store::same(Kind::Memory),
    Store::same(Kind::Sqlite),
    Store::same(Kind::Postgres),
    Store::same(Kind::Kurrentdb),
    Store { events: Kind::Sqlite, readmodels: Some(Kind::Memory) },
    Store { events: Kind::Kurrentdb, readmodels: Some(Kind::Postgres) },
];

#[derive(Debug)]
pub struct Options {
    pub targets: Vec<Target>,
    samples: Vec<String>,
    all: bool,
    stores: Option<Vec<Store>>,
    pub seeds: u64,
    pub commands: u32,
    pub own_tests: bool,
    pub schemathesis: bool,
    pub load: bool,
}

impl Options {
    pub fn read(args: &[String]) -> Result<Options> {
        let mut options = Options {
            targets: vec![Target::Node, Target::Python],
            samples: vec!["todolist".into()],
            all: false,
            stores: None,
            seeds: 2,
            commands: 80,
            own_tests: true,
            schemathesis: false,
            load: false,
        };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let mut value = || args.next().with_context(|| format!("{arg} wants a value"));
            match arg.as_str() {
                "--target" => {
                    let known = |id| Target::of_id(id).with_context(|| format!("there is no target {id}"));
                    options.targets = value()?.split(',').map(known).collect::<Result<_>>()?;
                }
                "--sample" => options.samples = value()?.split(',').map(str::to_owned).collect(),
                "--store" => {
                    let known =
                        |name| Store::of_name(name).with_context(|| format!("there is no store {name}"));
                    options.stores = Some(value()?.split(',').map(known).collect::<Result<_>>()?);
                }
                "--seeds" => options.seeds = value()?.parse().context("--seeds is a number")?,
                "--commands" => options.commands = value()?.parse().context("--commands is a number")?,
                "--all" => options.all = true,
                "--no-own-tests" => options.own_tests = false,
                "--schemathesis" => options.schemathesis = true,
                "--load" => options.load = true,
                other => bail!("there is no option {other}\n\n{HELP}"),
            }
        }
        Ok(options)
    }

    pub fn wants(&self, board: &str) -> bool {
        self.all || self.samples.iter().any(|sample| sample == board)
    }

    /// It was asked for by its name, not along with all.
    pub fn names(&self, board: &str) -> bool {
        !self.all && self.wants(board)
    }

    pub fn stores_for(&self, board: &str) -> Vec<Store> {
        match &self.stores {
            Some(stores) => stores.clone(),
            None if self.all && ON_ALL_STORES.contains(&board) => ALL_STORES.to_vec(),
            None => vec![Store::same(Kind::Memory), Store::same(Kind::Sqlite)],
        }
    }
}

//! The native round: `simulator-bench ITEMS PEOPLE ROUNDS`.

use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let numbers: Vec<usize> = std::env::args().skip(1).filter_map(|number| number.parse().ok()).collect();
    let [items, people, rounds] = numbers[..] else {
        eprintln!("simulator-bench ITEMS PEOPLE ROUNDS");
        return ExitCode::FAILURE;
    };
    let start = Instant::now();
    for _ in 0..rounds {
        println!("{}", simulator_bench::round(items, people, || start.elapsed().as_secs_f64()));
    }
    ExitCode::SUCCESS
}

//! The runner as cargo starts it. (That cargo builds it for this test is how the suite gets it: with the same
//! dependencies as all other tests.)

use std::process::Command;

#[test]
fn without_tests_to_run_it_says_what_it_wants() {
    let output = Command::new(env!("CARGO_BIN_EXE_wasm-runner")).output().expect("the runner starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("FILE"), "{said}");
}

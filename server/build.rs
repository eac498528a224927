//! A release build embeds the page, so it has to be made anew whenever the page is: also when there was none before.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo:rerun-if-changed=../target/dist");
    }
}

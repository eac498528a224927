//! Any bytes are read without a panic, and every byte is kept.
#![no_main]

use eml::Profile;
use lint::{Level, Options};

libfuzzer_sys::fuzz_target!(|text: &str| {
    assert_eq!(emd::parse(text).text(), text);
    let lines: Vec<&str> = text.split('\n').collect();
    for line in &lines {
        emd::tokens(line);
        emd::edit::rename(line, "Todo Added");
        emd::edit::set_kind(line, emd::Kind::Command);
    }
    for profile in [Profile::Les, Profile::Squall] {
        let level = Level::SoftwareDesign;
        let report = lint::inspect(&lines, &Options { profile, level });
        eml::yaml(&report.lowered.solution, &report.diagnostics, profile);
    }
});

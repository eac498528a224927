//! What tells two models apart: all that decides what happens, and nothing of where it stands or how it is labelled.

use super::Model;
use std::fmt::Write;

/// Goes up whenever the description below, or what compiling makes of a text, changes: fingerprints are kept in
/// documents together with the texts they stand for.
const VERSION: &str = "1-";

/// FNV-1a of 128 bits over a description of the model, so that it is the same on every screen.
pub fn fingerprint(model: &Model) -> String {
    let mut sum = Sum(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
    // Writing to a sum cannot fail.
    let _ = describe(model, &mut sum);
    format!("{VERSION}{:032x}", sum.0)
}

/// Whether another build of ours made it, so that it cannot be compared with what this one makes.
pub fn is_of_another_version(fingerprint: &str) -> bool {
    !fingerprint.starts_with(VERSION)
}

struct Sum(u128);

impl Write for Sum {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
        Ok(())
    }
}

/// Every name ends with a sign that no name holds.
fn describe(model: &Model, out: &mut Sum) -> std::fmt::Result {
    for category in &model.categories {
        writeln!(out, "s{}\n{}\n{}", category.context, category.name, category.id)?;
    }
    for event in &model.events {
        writeln!(out, "e{}\n{}", event.name.full, event.category.0)?;
        for property in &event.properties {
            let (hashed, personal) = (property.hashed, property.personal);
            writeln!(out, "{}\n{} {hashed} {personal}", property.name, property.r#type)?;
        }
    }
    for command in &model.commands {
        writeln!(out, "c{}\n{}", command.name.full, command.category.0)?;
        for parameter in &command.parameters {
            let lookup = parameter.lookup.as_ref().map_or("", |lookup| &lookup.name);
            writeln!(out, "{}\n{} {}\n{lookup}", parameter.name, parameter.r#type, parameter.required)?;
        }
        for condition in &command.preconditions {
            writeln!(out, "{} {}", condition.name, condition.must)?;
        }
        for outcome in &command.outcomes {
            writeln!(out, "-{}", outcome.event.0)?;
        }
    }
    for readmodel in &model.readmodels {
        writeln!(out, "r{}\n{}", readmodel.name.full, readmodel.key)?;
        for column in &readmodel.columns {
            writeln!(out, "{} {}", column.name, column.shown)?;
        }
        // In a large model nearly all pairs of read models and events: one number stands for them.
        let mix = |sum: u64, event: u32| (sum ^ u64::from(event)).wrapping_mul(0x0000_0100_0000_01b3);
        let events = readmodel.hears.iter().map(|heard| heard.event.0);
        writeln!(out, "{}", events.fold(0xcbf2_9ce4_8422_2325, mix))?;
    }
    for policy in &model.policies {
        let condition = policy.condition.as_ref().map_or("", |condition| &condition.words);
        writeln!(out, "p{} {}\n{condition}", policy.event.0, policy.command.0)?;
    }
    Ok(())
}

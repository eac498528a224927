//! The board's text as it is now: what stickies refer to.

use eml::{Profile, Solution};
use protocol::request::{Model, Name};

#[derive(Default)]
pub struct Present {
    text: String,
    solution: Solution,
}

impl Present {
    pub fn new(text: String) -> Present {
        let solution = eml::lower(&emd::parse(&text), Profile::Squall).solution;
        Present { text, solution }
    }

    pub fn names(&self) -> Model {
        let mut model = Model { fingerprint: fingerprint(&self.text), ..Model::default() };
        let several = self.solution.contexts.len() > 1;
        for context in &self.solution.contexts {
            let name = |name: &str, place: Option<eml::Place>| Name {
                name: if several { format!("{}.{name}", context.name) } else { name.to_owned() },
                label: name.to_owned(),
                context: context.name.clone(),
                sticky: place.map(|place| place.line),
            };
            for stream in &context.streams {
                model.commands.extend(stream.commands.iter().map(|it| name(&it.name, it.place)));
                model.events.extend(stream.events.iter().map(|it| name(&it.name, it.place)));
            }
            model.readmodels.extend(context.readmodels.iter().map(|it| name(&it.name, it.place)));
        }
        model
    }
}

/// FNV-1a of 64 bits: the same text has the same name on every screen.
fn fingerprint(text: &str) -> String {
    let sum = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{sum:016x}")
}

//! Imports as isort has them: by module, plain members on one line, members with another name on one each.

use super::layout::WIDTH;
use std::collections::BTreeMap;

/// Of one block.
#[derive(Debug, Default)]
pub struct Imports {
    modules: BTreeMap<String, BTreeMap<String, Option<String>>>,
}

impl Imports {
    pub fn add(&mut self, module: &str, member: &str, alias: &str) {
        let alias = Some(alias).filter(|alias| *alias != member).map(str::to_owned);
        self.modules.entry(module.to_owned()).or_default().insert(member.to_owned(), alias);
    }

    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut modules: Vec<_> = self.modules.iter().collect();
        // From the furthest to the closest.
        let dots = |module: &str| module.len() - module.trim_start_matches('.').len();
        modules.sort_by_key(|(module, _)| std::cmp::Reverse(dots(module)));
        for (module, members) in modules {
            let plain: Vec<&str> = members
                .iter()
                .filter(|(_, alias)| alias.is_none())
                .map(|(member, _)| member.as_str())
                .collect();
            if !plain.is_empty() {
                lines.push(line(module, &plain));
            }
            let aliases = members.iter().filter_map(|(member, alias)| Some((member, alias.as_ref()?)));
            lines.extend(aliases.map(|(member, alias)| format!("from {module} import {member} as {alias}")));
        }
        lines
    }
}

fn line(module: &str, members: &[&str]) -> String {
    let short = format!("from {module} import {}", members.join(", "));
    match short.len() > WIDTH {
        true => format!("from {module} import (\n    {},\n)", members.join(",\n    ")),
        false => short,
    }
}

#[cfg(test)]
mod tests {
    use super::Imports;

    #[test]
    fn imports_are_sorted_and_names_that_change_stand_alone() {
        let mut imports = Imports::default();
        imports.add(".core.app", "create_app", "create_app");
        imports.add(".bar", "events", "bar_events");
        imports.add(".bar", "api", "api");
        imports.add(".bar", "Event", "Event");
        imports.add(".", "domain", "domain");
        assert_eq!(
            imports.lines(),
            [
                "from . import domain",
                "from .bar import Event, api",
                "from .bar import events as bar_events",
                "from .core.app import create_app",
            ]
        );
    }
}

//! What Rust files may hold: lengths, leftovers, and which names a crate may know.
//!
//! Files are parsed, so code is told from comments and texts, and tests from the code they test.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::directions::is_pure;
use crate::shell::Root;

const FILE_LINES: usize = 500;
const FUNCTION_LINES: usize = 60;

/// Files and functions (`path` or `path name`) that may be longer, each with the reason why.
const MAY_BE_LONGER: [(&str, &str); 1] =
    [("app/src/view/icons.rs outline", "a list: one drawing for each icon")];

/// The doors to the world that a crate which only computes may not open.
const DOORS: [&str; 9] = [
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "SystemTime::now",
    "Instant::now",
];

const LEFTOVER_MACROS: [&str; 3] = ["dbg", "todo", "unimplemented"];

pub fn check(root: &Root) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    for top in ["app", "server", "crates", "tests", "xtask"] {
        walk(&root.join(top), &mut |path| {
            let name = path.strip_prefix(&root.0)?.to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
            findings.extend(leftovers(&name, &text));
            if name.ends_with(".rs") {
                findings.extend(rust(&name, &text)?);
            }
            Ok(())
        })?;
    }
    for (place, reason) in MAY_BE_LONGER {
        let path = place.split(' ').next().unwrap_or(place);
        if !root.join(path).exists() || reason.is_empty() {
            findings.push(format!("{place}: an exception for what is not there, or without a reason"));
        }
    }
    findings.sort();
    Ok(findings)
}

/// Text files of the tree; what tests compare with is data and may say what it likes.
fn walk(folder: &Path, visit: &mut impl FnMut(&Path) -> Result<()>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() {
            let skipped = name.starts_with('.')
                || ["target", "node_modules", "data", "corpus", "public"].contains(&name.as_str());
            if !skipped {
                walk(&path, visit)?;
            }
        } else if ["rs", "toml", "css", "html", "js", "mjs", "md"]
            .iter()
            .any(|end| name.ends_with(&format!(".{end}")))
        {
            visit(&path)?;
        }
    }
    Ok(())
}

/// Marks of unfinished work and paths of one machine, in any text file.
fn leftovers(name: &str, text: &str) -> Vec<String> {
    // Put together here, so that this file does not find itself. "TODO list" is the example's name and no mark.
    let marks = [concat!("TO", "DO:"), concat!("TO", "DO("), concat!("FIX", "ME"), concat!("XX", "X:")];
    let places =
        [concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/wo", "rk/"), concat!("/Us", "ers/")];
    let mut findings = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if let Some(mark) = marks.iter().find(|mark| line.contains(*mark)) {
            findings.push(format!("{name}:{}: `{mark}` is left", number + 1));
        }
        if let Some(place) = places.iter().find(|place| line.contains(*place)) {
            findings.push(format!("{name}:{}: `{place}` is a path of one machine", number + 1));
        }
    }
    findings
}

fn rust(name: &str, text: &str) -> Result<Vec<String>> {
    let file = syn::parse_file(text).with_context(|| format!("{name} does not parse"))?;
    let mut source = Source { name, findings: Vec::new(), test_lines: 0 };
    source.visit_file(&file);
    let lines = text.lines().count() - source.test_lines;
    if lines > FILE_LINES && !is_test_file(name) && !may_be_longer(name) {
        source.findings.push(format!("{name}: {lines} lines without tests, more than {FILE_LINES}"));
    }
    Ok(source.findings)
}

fn may_be_longer(place: &str) -> bool {
    MAY_BE_LONGER.iter().any(|(known, _)| *known == place)
}

struct Source<'a> {
    name: &'a str,
    findings: Vec<String>,
    test_lines: usize,
}

impl Source<'_> {
    fn find(&mut self, span: Span, what: &str) {
        self.findings.push(format!("{}:{}: {what}", self.name, span.start().line));
    }

    fn function(&mut self, name: &syn::Ident, span: Span) {
        let lines = lines_of(span);
        let place = format!("{} {name}", self.name);
        if lines > FUNCTION_LINES && !is_test_file(self.name) && !may_be_longer(&place) {
            self.find(span, &format!("fn {name} has {lines} lines, more than {FUNCTION_LINES}"));
        }
    }

    fn name_in_code(&mut self, path: &str, span: Span) {
        if is_pure(self.name)
            && !is_test_file(self.name)
            && let Some(door) = DOORS.iter().find(|door| is_within(path, door))
        {
            self.find(span, &format!("`{door}` in a crate that only computes"));
        }
        if is_within(path, "yrs") && self.name != "crates/board/src/doc.rs" && !is_test_file(self.name) {
            self.find(span, "yrs is used outside of crates/board/src/doc.rs");
        }
    }

    /// Macros hide their code from the parser: names in it are read from the tokens.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path = String::new();
        let mut start = Span::call_site();
        for token in tokens {
            match &token {
                TokenTree::Ident(ident) => {
                    start = if path.is_empty() { token.span() } else { start };
                    path.push_str(&ident.to_string());
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => path.push(':'),
                other => {
                    self.name_in_code(&std::mem::take(&mut path), start);
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        self.name_in_code(&path, start);
    }
}

/// Files that hold tests alone, wherever they lie.
fn is_test_file(name: &str) -> bool {
    let folders = ["/tests/", "/benches/", "/examples/", "/fuzz/"];
    folders.iter().any(|folder| name.contains(folder)) || name.ends_with("tests.rs")
}

fn is_within(path: &str, module: &str) -> bool {
    path.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn lines_of(span: Span) -> usize {
    span.end().line + 1 - span.start().line
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Path>().is_ok_and(|condition| condition.is_ident("test"))
    })
}

fn path_of(path: &syn::Path) -> String {
    let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    names.join("::")
}

impl<'ast> Visit<'ast> for Source<'_> {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if is_for_tests(&module.attrs) {
            self.test_lines += lines_of(module.span());
            // Long tests and their helpers are fine; tests that do not run are not.
            Ignored(self).visit_item_mod(module);
        } else {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.function(&function.sig.ident, function.span());
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.function(&function.sig.ident, function.span());
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if attribute.path().is_ident("ignore") && !wants(attribute) {
            self.find(attribute.span(), "a test that is not run");
        }
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        let name = path_of(&called.path);
        if LEFTOVER_MACROS.contains(&name.as_str()) {
            self.find(called.span(), &format!("`{name}!` is left"));
        }
        self.tokens(called.tokens.clone());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.name_in_code(&path_of(path), path.span());
        visit::visit_path(self, path);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let mut names = Vec::new();
        used_names(&item.tree, "", &mut names);
        for name in names {
            self.name_in_code(&name, item.span());
        }
    }

    fn visit_expr_unsafe(&mut self, block: &'ast syn::ExprUnsafe) {
        self.find(block.span(), "unsafe code");
    }
}

/// Walks test code for `#[ignore]` alone.
struct Ignored<'a, 'b>(&'a mut Source<'b>);

impl<'ast> Visit<'ast> for Ignored<'_, '_> {
    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        self.0.visit_attribute(attribute);
    }
}

/// `#[ignore = "wants …"]`: what it wants is there in a run of everything, and there it is run.
fn wants(attribute: &syn::Attribute) -> bool {
    let syn::Meta::NameValue(syn::MetaNameValue { value: syn::Expr::Lit(value), .. }) = &attribute.meta
    else {
        return false;
    };
    matches!(&value.lit, syn::Lit::Str(reason) if reason.value().starts_with("wants "))
}

/// `use a::{b, c::d}` names `a::b` and `a::c::d`.
fn used_names(tree: &syn::UseTree, before: &str, names: &mut Vec<String>) {
    let joined = |name: &syn::Ident| {
        if before.is_empty() { name.to_string() } else { format!("{before}::{name}") }
    };
    match tree {
        syn::UseTree::Path(path) => used_names(&path.tree, &joined(&path.ident), names),
        syn::UseTree::Name(name) => names.push(joined(&name.ident)),
        syn::UseTree::Rename(rename) => names.push(joined(&rename.ident)),
        syn::UseTree::Glob(_) => names.push(before.to_string()),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| used_names(tree, before, names)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str) -> Vec<String> {
        rust(name, text).unwrap()
    }

    #[test]
    fn a_clock_in_a_pure_crate_is_found_and_in_its_tests_is_not() {
        let text = "use std::time::{Duration, Instant};";
        assert_eq!(check("crates/emd/src/lib.rs", text).len(), 1);
        assert_eq!(check("crates/emd/tests/speed.rs", text).len(), 0);
        assert_eq!(check("server/src/lib.rs", text).len(), 0);
        assert_eq!(check("crates/emd/src/lib.rs", "#[cfg(test)] mod tests { use std::fs; }").len(), 0);
    }

    #[test]
    fn the_documents_library_is_used_in_one_file() {
        assert_eq!(check("crates/board/src/plan.rs", "fn f() { yrs::Doc::new(); }").len(), 1);
        assert_eq!(check("crates/board/src/plan.rs", "fn f() { vec![yrs::Doc::new()]; }").len(), 1);
        assert_eq!(check("crates/board/src/doc.rs", "use yrs::Doc;").len(), 0);
    }

    #[test]
    fn long_functions_and_leftovers_are_found() {
        let long = format!("fn f() {{{}}}", "\n    g();".repeat(61));
        assert_eq!(check("app/src/lib.rs", &long).len(), 1);
        assert_eq!(check("app/src/lib.rs", "#[cfg(test)] mod tests { #[ignore] fn f() {} }").len(), 1);
        let wants = "#[cfg(test)] mod tests { #[ignore = \"wants a browser\"] fn f() {} }";
        assert_eq!(check("app/src/lib.rs", wants).len(), 0);
        let left = format!("// {}: later", concat!("TO", "DO"));
        assert_eq!(leftovers("a.rs", &left).len(), 1);
        assert_eq!(leftovers("a.rs", "// the TODO list").len(), 0);
    }
}

//! YAML as compose files are written: maps, block by block. Comments, order and indentation stay.
//!
//! A value that is more than one line and neither a map nor a plain list (texts in blocks, maps in lists, lines in
//! brackets) counts as one: it is taken or kept whole.

use super::NoMerge;
use super::keyed::{Edit, Value};
use std::ops::Range;

/// A key and what stands under it, as lines of the text.
#[derive(Debug)]
struct Entry {
    key: String,
    /// With the comments right before it.
    lines: Range<usize>,
    /// Where the key stands.
    head: usize,
    what: What,
}

#[derive(Debug)]
enum What {
    Map(Vec<Entry>),
    List(Vec<String>),
    Leaf(String),
}

pub fn read(text: &str) -> Result<Value, NoMerge> {
    let lines: Vec<&str> = text.lines().collect();
    Ok(value(&What::Map(document(&lines)?)))
}

fn value(what: &What) -> Value {
    match what {
        What::Map(entries) => {
            Value::Map(entries.iter().map(|entry| (entry.key.clone(), value(&entry.what))).collect())
        }
        What::List(items) => Value::List(items.clone()),
        What::Leaf(text) => Value::Leaf(text.clone()),
    }
}

fn document(lines: &[&str]) -> Result<Vec<Entry>, NoMerge> {
    if let Some(line) =
        lines.iter().position(|line| line.starts_with(['\u{feff}', '%']) || line.trim_end() == "---")
    {
        return Err(NoMerge::Unusual(format!("line {} begins a document", line + 1)));
    }
    if let Some(line) = lines.iter().position(|line| line.trim_start_matches(' ').starts_with('\t')) {
        return Err(NoMerge::Unreadable(format!("line {} is indented with a tab", line + 1)));
    }
    let all = 0..lines.len();
    entries(lines, all, 0).ok_or_else(|| NoMerge::Unusual("it is no map of keys".to_owned()))
}

/// Nothing, or nothing but a comment.
fn is_idle(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The map whose keys stand at an indentation. `None`: it is something else.
fn entries(lines: &[&str], range: Range<usize>, depth: usize) -> Option<Vec<Entry>> {
    let mut out: Vec<Entry> = Vec::new();
    let mut line = range.start;
    while line < range.end {
        if is_idle(lines[line]) {
            line += 1;
            continue;
        }
        if indent(lines[line]) != depth {
            return None;
        }
        let (key, rest) = key(&lines[line][depth..])?;
        let end = end(lines, line, range.end, depth);
        let start = comments(lines, out.last().map_or(range.start, |entry| entry.lines.end), line, depth);
        if out.iter().any(|entry| entry.key == key) {
            return None;
        }
        let what = what(lines, line + 1..end, rest, depth);
        out.push(Entry { key, lines: start..end, head: line, what });
        line = end;
    }
    Some(out)
}

/// A plain or quoted key, and what stands behind its colon.
fn key(text: &str) -> Option<(String, &str)> {
    let (key, rest) = match text.chars().next()? {
        quote @ ('"' | '\'') => {
            let end = text[1..].find(quote)? + 1;
            (&text[1..end], text[end + 1..].strip_prefix(':')?)
        }
        '-' | '?' | '{' | '[' | '&' | '*' | '!' | '|' | '>' | '@' | '`' => return None,
        _ => text.split_once(':').map(|(key, rest)| (key.trim_end(), rest))?,
    };
    let ends = rest.is_empty() || rest.starts_with(' ');
    (ends && !key.is_empty()).then(|| (key.to_owned(), rest))
}

/// The first line behind an entry: everything deeper belongs to it, and a list at its own depth.
fn end(lines: &[&str], head: usize, limit: usize, depth: usize) -> usize {
    let mut end = head + 1;
    for (line, text) in lines.iter().enumerate().take(limit).skip(head + 1) {
        let is_item = indent(text) == depth && text[depth..].starts_with("- ");
        if text.trim().is_empty() || indent(text) < depth && is_idle(text) {
            continue;
        }
        if indent(text) > depth || is_item {
            end = line + 1;
        } else if !is_idle(text) {
            break;
        }
    }
    end
}

/// Where the comments begin that stand right before an entry.
fn comments(lines: &[&str], from: usize, head: usize, depth: usize) -> usize {
    let own = |line: &usize| lines[*line].trim_start().starts_with('#') && indent(lines[*line]) == depth;
    (from..head).rev().take_while(own).last().unwrap_or(head)
}

fn what(lines: &[&str], below: Range<usize>, rest: &str, depth: usize) -> What {
    let rest = uncommented(rest).trim();
    if rest == "[]" {
        return What::List(Vec::new());
    }
    let first = below.clone().find(|line| !is_idle(lines[*line]));
    let Some(first) = first.filter(|_| rest.is_empty()) else {
        return What::Leaf(leaf(lines, below, rest, depth));
    };
    let inner = indent(lines[first]);
    if let Some(items) = items(lines, below.clone(), inner) {
        return What::List(items);
    }
    match entries(lines, below.clone(), inner) {
        Some(entries) => What::Map(entries),
        None => What::Leaf(leaf(lines, below, rest, depth)),
    }
}

/// Its lines as they would stand at the left edge.
fn leaf(lines: &[&str], below: Range<usize>, rest: &str, depth: usize) -> String {
    let mut out = rest.to_owned();
    for line in below {
        out.push('\n');
        out.push_str(lines[line].get(depth..).unwrap_or(""));
    }
    out.trim_end().to_owned()
}

/// A list of plain items, each on a line of its own.
fn items(lines: &[&str], range: Range<usize>, depth: usize) -> Option<Vec<String>> {
    let said = range.filter(|line| !is_idle(lines[*line]));
    let item = |line: usize| {
        let item = lines[line].strip_prefix(&" ".repeat(depth))?.strip_prefix("- ")?;
        let item = uncommented(item).trim();
        let plain = !item.is_empty() && !item.starts_with(['{', '[', '&', '*', '|', '>', '!', '-']);
        let is_map = key(item).is_some();
        (plain && !is_map).then(|| item.to_owned())
    };
    said.map(item).collect()
}

/// Without a comment at the end of a line. A number sign within quotes is none.
fn uncommented(text: &str) -> &str {
    let mut quote = None;
    let mut before = ' ';
    for (index, one) in text.char_indices() {
        match (quote, one) {
            (None, '"' | '\'') if " [{,:".contains(before) => quote = Some(one),
            (Some(open), close) if open == close && before != '\\' => quote = None,
            (None, '#') if before == ' ' => return &text[..index],
            _ => {}
        }
        before = one;
    }
    text
}

pub fn write(theirs: &str, ours: &str, edits: &[Edit]) -> Result<String, NoMerge> {
    let ours: Vec<&str> = ours.lines().collect();
    let source = document(&ours)?;
    let mut text = theirs.to_owned();
    // One at a time: each moves the lines behind it.
    for edit in edits {
        text = apply(&text, &ours, &source, edit)?;
    }
    Ok(text)
}

fn apply(text: &str, ours: &[&str], source: &[Entry], edit: &Edit) -> Result<String, NoMerge> {
    let lines: Vec<&str> = text.lines().collect();
    let entries = document(&lines)?;
    let (Edit::Take { keys, .. } | Edit::Items { keys, .. } | Edit::Remove { keys }) = edit;
    let unusual = || NoMerge::Unusual(keys.join("."));
    let there = find(&entries, keys);
    let (range, new) = match edit {
        Edit::Remove { .. } => (there.ok_or_else(unusual)?.lines.clone(), Vec::new()),
        Edit::Items { items, .. } => {
            let entry = there.ok_or_else(unusual)?;
            let first = (entry.head + 1..entry.lines.end).find(|line| !is_idle(lines[*line]));
            let depth = first.map_or(indent(lines[entry.head]) + 2, |line| indent(lines[line]));
            let old = |item: &String| {
                let at = |line: &usize| {
                    uncommented(lines[*line]).trim().strip_prefix("- ").map(str::trim) == Some(item)
                };
                (entry.head + 1..entry.lines.end).find(at).map(|line| lines[line].to_owned())
            };
            let line = |item: &String| old(item).unwrap_or_else(|| format!("{}- {item}", " ".repeat(depth)));
            let head = lines[entry.head].trim_end();
            let head = head.strip_suffix("[]").map_or(head, str::trim_end);
            let mut new = vec![head.to_owned()];
            // Comments before the items stay; those between them go with the old ones.
            new.extend((entry.head + 1..first.unwrap_or(entry.head + 1)).map(|line| lines[line].to_owned()));
            new.extend(items.iter().map(line));
            if items.is_empty() {
                new = vec![format!("{head} []")];
            }
            (entry.head..entry.lines.end, new)
        }
        Edit::Take { after, .. } => {
            let entry = find(source, keys).ok_or_else(unusual)?;
            match there {
                Some(old) => {
                    let depth = indent(lines[old.head]);
                    (old.head..old.lines.end, moved(ours, entry.head..entry.lines.end, depth))
                }
                None => {
                    let way = &keys[..keys.len() - 1];
                    let siblings = map(&entries, way).ok_or_else(unusual)?;
                    let depth =
                        siblings.first().map(|entry| indent(lines[entry.head])).ok_or_else(unusual)?;
                    let before =
                        after.as_ref().and_then(|key| siblings.iter().find(|entry| entry.key == *key));
                    let line = match before {
                        Some(entry) => entry.lines.end,
                        None => siblings.first().map_or(lines.len(), |entry| entry.lines.start),
                    };
                    (line..line, moved(ours, entry.lines.clone(), depth))
                }
            }
        }
    };
    Ok(replaced(&lines, range, &new))
}

fn find<'a>(entries: &'a [Entry], keys: &[String]) -> Option<&'a Entry> {
    let (last, way) = keys.split_last()?;
    map(entries, way)?.iter().find(|entry| entry.key == *last)
}

fn map<'a>(entries: &'a [Entry], keys: &[String]) -> Option<&'a [Entry]> {
    keys.iter().try_fold(entries, |entries, key| {
        match &entries.iter().find(|entry| entry.key == *key)?.what {
            What::Map(inner) => Some(inner.as_slice()),
            _ => None,
        }
    })
}

/// Lines as they stand at another depth.
fn moved(lines: &[&str], range: Range<usize>, depth: usize) -> Vec<String> {
    let own =
        lines[range.clone()].iter().filter(|line| !line.trim().is_empty()).map(|line| indent(line)).min();
    let own = own.unwrap_or(0);
    let line = |line: &&str| match line.trim().is_empty() {
        true => String::new(),
        false => format!("{}{}", " ".repeat(depth), &line[own..]),
    };
    lines[range].iter().map(line).collect()
}

fn replaced(lines: &[&str], range: Range<usize>, new: &[String]) -> String {
    let before = lines[..range.start].iter().copied();
    let after = lines[range.end..].iter().copied();
    let all = before.chain(new.iter().map(String::as_str)).chain(after);
    all.fold(String::new(), |mut out, line| {
        out.push_str(line);
        out.push('\n');
        out
    })
}

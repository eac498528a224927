//! Merging as such: trees of keys, whatever language they were written in.

/// What a file says. The text of a leaf is as it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    Map(Vec<(String, Value)>),
    List(Vec<String>),
    Leaf(String),
}

/// A change to the text of a file. Keys lead to it from the outside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Edit {
    /// What the generator says there, whole. If the key is new it stands behind the one named.
    Take {
        keys: Vec<String>,
        after: Option<String>,
    },
    /// The items of a list.
    Items {
        keys: Vec<String>,
        items: Vec<String>,
    },
    Remove {
        keys: Vec<String>,
    },
}

#[derive(Debug)]
pub struct Outcome {
    /// What the file says then, but for the order of keys.
    pub value: Value,
    pub edits: Vec<Edit>,
    pub kept: Vec<String>,
}

impl Value {
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Map(entries) => entries.iter().find(|(known, _)| known == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Whether both say the same; the order of keys says nothing.
    pub fn is(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Map(one), Value::Map(two)) => {
                let same =
                    |(key, value): &(String, Value)| other.get(key).is_some_and(|other| value.is(other));
                one.len() == two.len() && one.iter().all(same)
            }
            _ => self == other,
        }
    }
}

pub fn merge(base: Option<&Value>, ours: &Value, theirs: &Value) -> Outcome {
    let mut merging = Merging { keys: Vec::new(), edits: Vec::new(), kept: Vec::new() };
    let value = merging.value(base, ours, theirs);
    Outcome { value, edits: merging.edits, kept: merging.kept }
}

struct Merging {
    /// Where it is.
    keys: Vec<String>,
    edits: Vec<Edit>,
    kept: Vec<String>,
}

impl Merging {
    fn value(&mut self, base: Option<&Value>, ours: &Value, theirs: &Value) -> Value {
        match (ours, theirs) {
            (Value::Map(ours), Value::Map(_)) => self.map(base, ours, theirs),
            (Value::List(new), Value::List(old)) => self.list(base, new, old),
            _ if ours.is(theirs) => theirs.clone(),
            _ if base.is_some_and(|base| base.is(theirs)) => {
                self.edits.push(Edit::Take { keys: self.keys.clone(), after: None });
                ours.clone()
            }
            _ => {
                self.kept.push(self.keys.join("."));
                theirs.clone()
            }
        }
    }

    fn map(&mut self, base: Option<&Value>, ours: &[(String, Value)], theirs: &Value) -> Value {
        let mut out = Vec::new();
        let mut before: Option<&String> = None;
        for (key, new) in ours {
            let old = base.and_then(|base| base.get(key));
            self.keys.push(key.clone());
            match theirs.get(key) {
                Some(there) => {
                    out.push((key.clone(), self.value(old, new, there)));
                    before = Some(key);
                }
                // It was there once, and somebody took it out.
                None if old.is_some() => self.kept.push(self.keys.join(".")),
                None => {
                    self.edits.push(Edit::Take { keys: self.keys.clone(), after: before.cloned() });
                    out.push((key.clone(), new.clone()));
                    before = Some(key);
                }
            }
            self.keys.pop();
        }
        let said = |key: &String| ours.iter().any(|(known, _)| known == key);
        let Value::Map(entries) = theirs else { return Value::Map(out) };
        for (key, there) in entries.iter().filter(|(key, _)| !said(key)) {
            self.keys.push(key.clone());
            let rest = self.no_longer(base.and_then(|base| base.get(key)), there);
            out.extend(rest.map(|rest| (key.clone(), rest)));
            self.keys.pop();
        }
        Value::Map(out)
    }

    /// What is left of something that the generator does not say, or no longer.
    fn no_longer(&mut self, base: Option<&Value>, theirs: &Value) -> Option<Value> {
        let Some(base) = base else { return Some(theirs.clone()) };
        if base.is(theirs) {
            self.edits.push(Edit::Remove { keys: self.keys.clone() });
            return None;
        }
        match (base, theirs) {
            (Value::Map(_), Value::Map(_)) => Some(self.map(Some(base), &[], theirs)),
            (Value::List(_), Value::List(old)) => Some(self.list(Some(base), &[], old)),
            _ => {
                self.kept.push(self.keys.join("."));
                Some(theirs.clone())
            }
        }
    }

    /// Items are told apart by their names (`fastapi` of `fastapi==0.165.0`), if these tell them apart.
    fn list(&mut self, base: Option<&Value>, ours: &[String], theirs: &[String]) -> Value {
        let empty = Vec::new();
        let base = match base {
            Some(Value::List(items)) => items,
            _ => &empty,
        };
        let by_name = [base, ours, theirs].into_iter().all(are_distinct);
        let key = |item: &String| if by_name { name(item).to_owned() } else { item.clone() };
        let find =
            |items: &[String], wanted: &String| items.iter().find(|item| key(item) == key(wanted)).cloned();
        let mut items = Vec::new();
        for there in theirs {
            match (find(base, there), find(ours, there)) {
                (Some(old), Some(new)) if old == *there => items.push(new),
                (Some(old), None) if old == *there => {}
                (old, new) => {
                    if new.is_some_and(|new| new != *there) || old.is_some_and(|old| old != *there) {
                        self.kept.push(format!("{}: {there}", self.keys.join(".")));
                    }
                    items.push(there.clone());
                }
            }
        }
        for new in ours {
            if find(theirs, new).is_none() && find(base, new).is_none() {
                items.push(new.clone());
            }
        }
        if items != theirs {
            self.edits.push(Edit::Items { keys: self.keys.clone(), items: items.clone() });
        }
        Value::List(items)
    }
}

fn are_distinct(items: &[String]) -> bool {
    items.iter().enumerate().all(|(index, item)| items[..index].iter().all(|other| name(other) != name(item)))
}

/// What an item is about: `fastapi` of `"fastapi[standard]>=0.1"`, `PORT` of `PORT=3001`.
fn name(item: &str) -> &str {
    let item = item.trim_start_matches(['"', '\'']);
    let end = item.find(|one: char| "=<>~!;:@[( \"'".contains(one));
    &item[..end.unwrap_or(item.len())]
}

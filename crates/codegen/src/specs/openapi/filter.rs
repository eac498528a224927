//! The filters of read models.

use super::to;
use crate::json::{Json, list, object};
use crate::specs::example::value;
use crate::specs::schema::{self, MAX_INTEGER};
use crate::specs::spec::Spec;
use sim::model::ReadmodelId;

/// A filter has at most so many columns to sort by.
const MOST_ORDERS: i64 = 16;

/// What may be asked of one read model. Its conditions are a part of the same schema, which they refer to.
pub fn filter(spec: &Spec<'_>, id: ReadmodelId) -> Json {
    let columns = spec.columns(id);
    let own = format!("#/components/schemas/{}/$defs/where", spec.filter_name(id));
    let several = |description: &str| {
        object! {
            "type": "array", "minItems": 1i64, "items": object! { "$ref": own.as_str() }, "description": description,
        }
    };
    let mut wanted: Vec<(String, Json)> =
        columns.iter().map(|column| (column.name.to_string(), to("schemas", "Condition"))).collect();
    wanted.retain(|(name, _)| name != "and" && name != "or");
    wanted.push(("and".to_owned(), several("All of these hold.")));
    wanted.push(("or".to_owned(), several("Any of these holds.")));
    let conditions = schema::closed(wanted, Vec::new());
    let mut properties = vec![(
        "where".to_owned(),
        object! { "$ref": own.as_str() }.with("description", "What holds of the rows."),
    )];
    let sortable = columns.iter().filter(|column| !column.list);
    let sortable: Vec<String> = sortable.map(|column| escape(column.name)).collect();
    if !sortable.is_empty() {
        properties.push(("order".to_owned(), order(&sortable)));
    }
    properties.push(("skip".to_owned(), number("So many rows are left out first.", 0, MAX_INTEGER, 0)));
    properties.push(("limit".to_owned(), number("At most so many rows.", 1, 1000, 100)));
    schema::closed(properties, Vec::new()).with("$defs", object! { "where": conditions })
}

fn number(description: &str, least: i64, most: i64, default: i64) -> Json {
    object! {
        "type": "integer", "minimum": least, "maximum": most, "default": default, "description": description,
    }
}

fn order(columns: &[String]) -> Json {
    let pattern = format!("^ *({})( +([aA][sS][cC]|[dD][eE][sS][cC]))? *$", columns.join("|"));
    let one = object! { "type": "string", "pattern": pattern };
    object! {
        "description": "A column, perhaps with `ASC` or `DESC`, or several of them.",
        "anyOf": list![one.clone(), object! { "type": "array", "maxItems": MOST_ORDERS, "items": one }],
    }
}

/// A name as a part of a regular expression.
fn escape(name: &str) -> String {
    let mut out = String::new();
    for character in name.chars() {
        if r"\^$.|?*+()[]{}/".contains(character) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// What a filter may want of a column.
pub fn condition() -> Json {
    let any = |types: &[&str]| Json::List(types.iter().map(|r#type| object! { "type": *r#type }).collect());
    let plain = object! { "anyOf": any(&["string", "number", "boolean", "null"]) };
    let sized = object! { "anyOf": any(&["string", "number"]) };
    let between = ["string", "number"].map(|r#type| {
        object! { "type": "array", "minItems": 2i64, "maxItems": 2i64, "items": object! { "type": r#type } }
    });
    let mut operators = object! { "neq": plain.clone() };
    for operator in ["gt", "gte", "lt", "lte"] {
        operators.put(operator, sized.clone());
    }
    operators.put("between", object! { "anyOf": between.to_vec() });
    for operator in ["inq", "nin"] {
        operators.put(operator, object! { "type": "array", "items": plain.clone() });
    }
    operators.put("like", object! { "type": "string", "description": "`%` is any characters, `_` is one." });
    object! {
        "description": "Equal to a value, or all of the operators hold.",
        "anyOf": list![
            object! { "type": "string" },
            object! { "type": "number" },
            object! { "type": "boolean" },
            object! { "type": "null" },
            object! {
                "type": "object", "additionalProperties": false, "minProperties": 1i64, "properties": operators,
            },
        ],
    }
}

/// The row of the example.
pub fn example(spec: &Spec<'_>, id: ReadmodelId) -> Json {
    let readmodel = spec.model.readmodel(id);
    let key = sim::model::folded(&readmodel.key);
    let columns = spec.columns(id);
    let column = columns.iter().find(|column| sim::model::folded(column.name) == key).or(columns.first());
    let Some(column) = column.filter(|column| !column.list) else {
        return object! { "limit": 10i64 };
    };
    let r#type = column.types.first().copied().unwrap_or_default();
    let wanted = Json::object().with(column.name.as_str(), value("", column.name, r#type));
    object! { "where": wanted }
}

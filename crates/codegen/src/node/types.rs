//! Types of properties, as TypeScript and zod have them.

use sim::value::{Kind, Type};

/// `string`, `readonly number[]`
pub fn typescript(r#type: Type) -> String {
    let one = match r#type.kind {
        Kind::Integer | Kind::Decimal => "number",
        Kind::Boolean => "boolean",
        Kind::Text | Kind::Date | Kind::DateTime | Kind::Uuid | Kind::Email => "string",
    };
    if r#type.list { format!("readonly {one}[]") } else { one.to_owned() }
}

/// The schema of `src/core/types.ts`; `is_id`: it names a stream or a row.
pub fn schema(r#type: Type, is_id: bool) -> &'static str {
    match (r#type.kind, r#type.list) {
        (Kind::Text, false) if is_id => "key",
        (Kind::Text, false) => "text",
        (Kind::Text, true) => "texts",
        (Kind::Integer, false) => "integer",
        (Kind::Integer, true) => "integers",
        (Kind::Decimal, false) => "decimal",
        (Kind::Decimal, true) => "decimals",
        (Kind::Boolean, false) => "boolean",
        (Kind::Boolean, true) => "booleans",
        (Kind::Date, false) => "date",
        (Kind::Date, true) => "dates",
        (Kind::DateTime, false) => "dateTime",
        (Kind::DateTime, true) => "dateTimes",
        (Kind::Uuid, false) => "uuid",
        (Kind::Uuid, true) => "uuids",
        (Kind::Email, false) => "email",
        (Kind::Email, true) => "emails",
    }
}

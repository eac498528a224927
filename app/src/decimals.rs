//! Numbers as styles and storage write them: whole steps of a ten-thousandth.
//!
//! Why not the language's own: shortest and exact decimals need tables that were a twentieth of what a first visit
//! loads, and nothing on screen is finer than this.

const STEPS: i64 = 10_000;

/// `12`, `-0.5`, `3.1416`; what is no number, or far beyond any wall, is the nearest there is.
pub fn number(value: f64) -> String {
    let steps = (value * STEPS as f64).round() as i64;
    let sign = if steps < 0 { "-" } else { "" };
    let (whole, rest) = (steps.unsigned_abs() / STEPS as u64, steps.unsigned_abs() % STEPS as u64);
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}.{rest:04}").trim_end_matches('0').to_owned()
}

/// A length for a style.
pub fn px(value: f64) -> String {
    number(value) + "px"
}

/// `translate` of a style, from the wall's corner.
pub fn translate(x: f64, y: f64) -> String {
    format!("translate:{} {}", px(x), px(y))
}

/// Place and size of a style.
pub fn area(x: f64, y: f64, width: f64, height: f64) -> String {
    format!("{};width:{};height:{}", translate(x, y), px(width), px(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        let cases =
            [(0.0, "0"), (12.0, "12"), (-0.5, "-0.5"), (0.33333333, "0.3333"), (-1.00004, "-1"), (1e-9, "0")];
        for (value, written) in cases {
            assert_eq!(number(value), written);
        }
        assert_eq!(number(f64::NAN), "0");
        assert_eq!(area(1.5, -2.0, 3.0, 4.25), "translate:1.5px -2px;width:3px;height:4.25px");
    }
}

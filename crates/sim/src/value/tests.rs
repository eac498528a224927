use super::*;

fn read(name: &str, words: &str) -> Result<Value, Unfit> {
    Type::of(name).read(words)
}

#[test]
fn a_value_is_three_words_long() {
    assert_eq!(size_of::<Value>(), 24);
}

#[test]
fn words_are_read_by_type_and_said_again() {
    for (name, words, again) in [
        ("string", " as it is ", " as it is "),
        ("integer", " -42 ", "-42"),
        ("decimal", "12.50", "12.5"),
        ("decimal", "-.5", "-0.5"),
        ("decimal", "1e3", "1000"),
        ("decimal", "1.5e-3", "0.0015"),
        ("decimal", "0.00", "0"),
        ("decimal", "100", "100"),
        ("boolean", "Yes", "true"),
        ("date", "2028-02-29", "2028-02-29"),
        ("datetime", "2026-11-21T11:05", "2026-11-21T11:05"),
        ("datetime", "2026-11-21T11:05:30.25+02:00", "2026-11-21T11:05:30.25+02:00"),
        ("uuid", "9f0c4ea1-40b1-4b2a-9b6e-000000000001", "9f0c4ea1-40b1-4b2a-9b6e-000000000001"),
        ("email", "ann@example.org", "ann@example.org"),
        ("string[]", "Milk, \"Eggs, ten\", \"say \"\"hi\"\"\"", "Milk, \"Eggs, ten\", \"say \"\"hi\"\"\""),
        ("integer[]", "1,2 , 3", "1, 2, 3"),
        ("integer", "  ", ""),
        ("whatever", "text", "text"),
    ] {
        let value = read(name, words).unwrap_or_else(|unfit| panic!("{name} {words:?} {unfit}"));
        assert_eq!(value.words(), again, "{name}");
        assert_eq!(read(name, &value.words()), Ok(value), "{name}");
    }
}

#[test]
fn words_that_do_not_fit_are_refused_with_the_reason() {
    for (name, words) in [
        ("integer", "4.5"),
        ("integer", "99999999999999999999"),
        ("decimal", "1.2.3"),
        ("decimal", "."),
        ("decimal", "1e99"),
        ("decimal", "1234567890.1234567891"),
        ("decimal", "NaN"),
        ("boolean", "maybe"),
        ("date", "2026-02-29"),
        ("date", "2026-2-1"),
        ("datetime", "2026-02-28"),
        ("datetime", "2026-02-28T25:00"),
        ("datetime", "2026-02-28T11:05:00.é"),
        ("uuid", "1"),
        ("email", "ann"),
    ] {
        assert_eq!(read(name, words), Err(Unfit::Not(Type::of(name).kind)), "{words}");
    }
    assert_eq!(read("string", &"x".repeat(10_000_000)), Err(Unfit::TooLong));
    assert_eq!(read("integer[]", &"1,".repeat(MAX_ITEMS + 1)), Err(Unfit::TooMany));
}

#[test]
fn numbers_are_ordered_by_size_whatever_their_type() {
    let mut values = [
        Value::text("pear"),
        Value::Integer(10),
        Value::Decimal(Decimal::read("9.75").unwrap()),
        Value::text("9.8"),
        Value::Absent,
        Value::Integer(-3),
        Value::text("apple"),
    ];
    values.sort_by(Value::order);
    assert_eq!(
        values.map(|value| value.words().to_string()),
        ["", "-3", "9.75", "9.8", "10", "apple", "pear"]
    );
}

#[test]
fn json_gives_the_same_value_back() {
    for (name, words) in [
        ("string", "7"),
        ("integer", "9007199254740993"),
        ("decimal", "0.1"),
        ("decimal", "-123456789012345.678"),
        ("boolean", "false"),
        ("string[]", "a, \"b, c\""),
        ("decimal[]", "1.5, 2"),
    ] {
        let value = read(name, words).unwrap();
        assert_eq!(Type::of(name).read_json(&value.json()), Ok(value), "{name} {words}");
    }
}

#[test]
fn json_without_a_type_finds_its_own() {
    let of = |text: &str| Value::of_json(&serde_json::from_str(text).unwrap());
    assert_eq!(of("1.25").unwrap().1, Type::one(Kind::Decimal));
    assert_eq!(of("1e300").unwrap(), (Value::text("1e+300"), Type::TEXT));
    assert_eq!(of("[1, \"a\"]").unwrap().1, Type { kind: Kind::Text, list: true });
    assert_eq!(of("{}"), Err(Unfit::Nested));
    assert_eq!(of("[[1]]"), Err(Unfit::Nested));
}

mod whatever_people_write {
    use super::*;
    use proptest::prelude::*;

    fn types() -> impl Strategy<Value = Type> {
        (0..KINDS.len(), any::<bool>()).prop_map(|(kind, list)| Type { kind: KINDS[kind].1, list })
    }

    /// Words that are nearly right, and words that are nothing of the kind.
    fn words() -> impl Strategy<Value = String> {
        prop_oneof!["\\PC{0,20}", "[-+0-9.eE,\" ]{0,24}", "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.+Zé-]{0,14}"]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_read_and_said_again_is_the_same_value(r#type in types(), words in words()) {
            if let Ok(value) = r#type.read(&words) {
                prop_assert_eq!(r#type.read(&value.words()), Ok(value));
            }
        }

        #[test]
        fn what_is_read_and_goes_through_json_is_the_same_value(r#type in types(), words in words()) {
            if let Ok(value) = r#type.read(&words) {
                prop_assert_eq!(r#type.read_json(&value.json()), Ok(value));
            }
        }

        #[test]
        fn values_have_one_order(words in prop::collection::vec(words(), 3)) {
            let values: Vec<Value> = words.iter().map(Value::text).collect();
            let order = |left: usize, right: usize| values[left].order(&values[right]);
            prop_assert_eq!(order(0, 1), order(1, 0).reverse());
            if order(0, 1) == order(1, 2) {
                prop_assert_eq!(order(0, 2), order(0, 1));
            }
        }
    }
}

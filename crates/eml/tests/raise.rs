//! A model as Event Markdown: the text means the model, or what it cannot say is named.

use eml::{Profile, Raised, Solution, raise};
use std::path::Path;

fn lower(text: &str) -> Solution {
    eml::lower(&emd::parse(text), Profile::Squall).solution
}

/// The YAML of a model whose order means nothing: streams, their parts, subscriptions, what actors do.
fn sorted(solution: &Solution) -> String {
    let mut solution = solution.clone();
    solution.version = eml::VERSION.to_owned();
    for context in &mut solution.contexts {
        context.streams.sort_by(|one, other| one.name.cmp(&other.name));
        for stream in &mut context.streams {
            stream.events.sort_by(|one, other| one.name.cmp(&other.name));
        }
        for model in &mut context.readmodels {
            let mut names: Vec<String> = model.subscribes_to.names().into_iter().map(str::to_owned).collect();
            names.sort();
            model.subscribes_to = eml::Subscriptions::of_names(names);
        }
        context.actors.iter_mut().for_each(|actor| actor.commands.sort());
    }
    eml::yaml(&solution, &[], Profile::Squall)
}

fn read(yaml: &str) -> Solution {
    eml::read(yaml).unwrap_or_else(|error| panic!("{}: {yaml}", error.message))
}

fn samples() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../app/assets");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("samples").flatten().map(|it| it.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "emd"));
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), std::fs::read_to_string(path).expect("a sample"))).collect()
}

/// The inputs of one file of the corpus, by name.
fn corpus(file: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../lint/tests/conformance").join(file);
    let cases = std::fs::read_to_string(path).expect("the corpus");
    let cases = cases.lines().map(|line| serde_json::from_str(line).expect("a case is JSON"));
    let text = |case: &serde_json::Value, key: &str| case[key].as_str().expect("a text").to_owned();
    cases.map(|case| (text(&case, "name"), text(&case, "input"))).collect()
}

fn complaints(raised: &Raised) -> String {
    raised.findings.iter().map(|one| format!("{one}\n")).collect()
}

#[test]
fn samples_come_back_as_they_are_down_to_the_order() {
    let samples = samples();
    assert!(samples.len() > 8);
    for (name, text) in samples {
        let yaml = eml::yaml(&lower(&text), &[], Profile::Squall);
        let raised = raise(&read(&yaml));
        assert_eq!(complaints(&raised), "", "{name}:\n{}", raised.text);
        let again = lower(&raised.text);
        match name == "shopping.emd" {
            // Events that no command leads to come first there.
            true => assert_eq!(sorted(&again), sorted(&lower(&text)), "{name}:\n{}", raised.text),
            false => {
                assert_eq!(eml::yaml(&again, &[], Profile::Squall), yaml, "{name}:\n{}", raised.text);
                assert_eq!(raise(&again).text, raised.text, "{name}: raising is settled after one time");
            }
        }
    }
}

/// A strict export says less: what read models show is found again by what they hear.
#[test]
fn samples_of_les_come_back_from_what_les_writes() {
    for (name, text) in samples() {
        let yaml = eml::yaml(&lower(&text), &[], Profile::Les);
        let raised = raise(&read(&yaml));
        assert_eq!(complaints(&raised), "", "{name}:\n{}", raised.text);
        let again = eml::yaml(&lower(&raised.text), &[], Profile::Les);
        let alike = |yaml: &str| sorted(&read(yaml));
        assert_eq!(alike(&again), alike(&yaml), "{name}:\n{}", raised.text);
    }
}

/// Every text of the corpus means a model that Event Markdown can say, for it came from there.
#[test]
fn what_was_lowered_can_be_raised() {
    for (name, text) in corpus("emd.jsonl") {
        let model = lower(&text);
        let raised = raise(&model);
        if raised.findings.is_empty() {
            assert_eq!(sorted(&lower(&raised.text)), sorted(&model), "{name}:\n{}", raised.text);
        }
        let commands = model.contexts.iter().flat_map(|one| &one.streams).flat_map(|one| &one.commands);
        // A command without a name leads to nothing, so no text says of which stream it is.
        if commands.clone().all(|command| !command.name.is_empty()) {
            assert_eq!(complaints(&raised), "", "{name}:\n{}", raised.text);
        }
    }
}

#[test]
fn every_model_of_the_corpus_is_said_or_what_is_not_said_is_named() {
    let (mut whole, mut partly) = (0, 0);
    for (name, yaml) in corpus("eml.jsonl") {
        let Ok(model) = eml::read(&yaml) else { continue };
        let raised = raise(&model);
        if !raised.findings.is_empty() {
            partly += 1;
            continue;
        }
        whole += 1;
        let mut again = lower(&raised.text);
        // The file does not say what read models show.
        let models = |solution: &mut Solution| {
            let contexts = solution.contexts.iter_mut();
            contexts.flat_map(|context| &mut context.readmodels).for_each(|one| one.properties.clear());
        };
        models(&mut again);
        let mut model = model;
        models(&mut model);
        assert_eq!(sorted(&again), sorted(&model), "{name}:\n{}", raised.text);
    }
    assert!(whole > 10 && partly > 10, "{whole} said, {partly} partly");
}

/// Lines with everything that means something to a reader of Event Markdown or YAML.
const LINES: [&str; 28] = [
    "# Shop",
    "// @context Bar \"one\"",
    "// @context Shop",
    "// @actor Guest | waiter",
    "// @actor \u{1f9d1}",
    "// @policy Whenever Order Placed, and a, b is \"c\", Pay Order",
    "// @policy Whenever Bar \"one\".Order Placed, Pay Order",
    "// @term Order: a thing: with // slashes",
    "// @chapter Later",
    "Place Order -> // guest, amount, drinkId",
    "Pay Order -> // orderId, fromUserId",
    "Pay Order ->",
    "Order Placed // guest, amount",
    "Order Placed // orderId, password",
    "Order Paid",
    "class return // null, ~",
    "Todo \"Added\" */ // a|b, c]",
    "// @requires Order Placed",
    "// @exists drinkId in Menu",
    "// @free drinkId",
    "// @required guest",
    "// @type amount: decimal",
    "// @personal guest",
    "Orders* // orderId, amount, total",
    "// @derived total",
    "// @scenario \u{1f600} pays",
    "// @given Bar \"one\".Order Placed // guest: \"Ann, \"\"the\"\" guest\"",
    "// @then rejected: no: never",
];

#[test]
fn whatever_a_text_means_its_model_is_said_or_what_is_not_is_named() {
    let (mut seed, mut whole) = (1_u64, 0);
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for round in 0..2_000 {
        let count = next(24);
        let text: String = (0..count).map(|_| format!("{}\n", LINES[next(LINES.len())])).collect();
        let model = lower(&text);
        let raised = raise(&read(&eml::yaml(&model, &[], Profile::Squall)));
        if raised.findings.is_empty() {
            whole += 1;
            assert_eq!(sorted(&lower(&raised.text)), sorted(&model), "{round}:\n{text}\n=>\n{}", raised.text);
        }
    }
    assert!(whole > 1_000, "{whole}");
}

/// Names and words as foreign files may have them.
const ODD: [&str; 22] = [
    "",
    " ",
    "a, b",
    ", ",
    "A // b",
    "a//b",
    "//",
    "Bar.A",
    "rejected: no",
    "rejected",
    "and so",
    "a\nb",
    "a\tb",
    " led",
    "a: b",
    "\"a\"",
    "*",
    "->",
    "# a",
    "// @event a",
    "A  b",
    "string",
];

/// Every place of a model where a word stands, in turn.
fn words(solution: &mut Solution, mut change: impl FnMut(&str) -> Option<String>) {
    fn text(word: &mut eml::Text, change: &mut impl FnMut(&str) -> Option<String>) {
        if let Some(changed) = change(word) {
            *word = changed.into();
        }
    }
    let change = &mut change;
    for context in &mut solution.contexts {
        for stream in &mut context.streams {
            text(&mut stream.name, change);
            for command in &mut stream.commands {
                text(&mut command.name, change);
                for parameter in &mut command.parameters {
                    text(&mut parameter.name, change);
                    text(&mut parameter.r#type, change);
                    parameter.rules.iter_mut().for_each(|rule| text(rule, change));
                }
                command.preconditions.iter_mut().for_each(|one| text(&mut one.text, change));
                let mut events = command.postconditions.to_vec();
                events.iter_mut().for_each(|event| text(event, change));
                command.postconditions = events.into();
            }
            for event in &mut stream.events {
                text(&mut event.name, change);
                event.properties.iter_mut().for_each(|one| text(&mut one.name, change));
            }
        }
        for model in &mut context.readmodels {
            text(&mut model.name, change);
            text(&mut model.key, change);
            model.properties.iter_mut().for_each(|one| text(&mut one.name, change));
            model.derived.iter_mut().for_each(|one| text(one, change));
        }
        for policy in &mut context.policies {
            text(&mut policy.event.name, change);
            text(&mut policy.condition, change);
            text(&mut policy.command.name, change);
        }
        for actor in &mut context.actors {
            text(&mut actor.name, change);
            actor.commands.iter_mut().for_each(|one| text(one, change));
        }
        for term in &mut context.terms {
            text(&mut term.name, change);
            text(&mut term.meaning, change);
        }
        for scenario in &mut context.scenarios {
            text(&mut scenario.name, change);
            for line in &mut scenario.lines {
                match &mut line.says {
                    eml::Says::Name(reference) => text(&mut reference.name, change),
                    eml::Says::Rejected(message) => text(message, change),
                }
                for given in &mut line.values {
                    text(&mut given.name, change);
                    text(&mut given.value, change);
                }
            }
        }
    }
}

#[test]
fn whatever_a_file_says_is_said_or_what_is_not_is_named() {
    let (mut seed, mut whole) = (3_u64, 0);
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for round in 0..4_000 {
        let count = 4 + next(24);
        let text: String = (0..count).map(|_| format!("{}\n", LINES[next(LINES.len())])).collect();
        let mut model = lower(&text);
        let mut count = 0;
        words(&mut model, |_| {
            count += 1;
            None
        });
        let (mut at, odd) = (next(count.max(1)) + 1, ODD[next(ODD.len())]);
        words(&mut model, |_| {
            at = at.saturating_sub(1);
            (at == 0).then(|| {
                at = usize::MAX;
                odd.to_owned()
            })
        });
        let model = read(&eml::yaml(&model, &[], Profile::Squall));
        let raised = raise(&model);
        if raised.findings.is_empty() {
            whole += 1;
            assert_eq!(
                sorted(&lower(&raised.text)),
                sorted(&model),
                "{round}: {odd:?}\n{text}\n=>\n{}",
                raised.text
            );
        }
    }
    assert!(whole > 1_000, "{whole}");
}

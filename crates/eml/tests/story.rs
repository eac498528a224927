//! Policies, actors, terms and scenarios: what the text says of them, and that YAML keeps it.

use emd::Step;
use eml::{Context, Profile, Reference, Says, Solution};

const TEXT: &str = "\
# Shop
// @term Order: what a guest wants
// @scenario An order is paid
// @given Front Desk.Order Placed // orderId: 1, guest: \"Ann, \"\"the\"\" guest\"
// @when Front Desk.Pay Order // orderId: 1
// @then Front Desk.Order Paid // orderId: 1
// @expect Front Desk.Orders
// @context Front Desk
// @actor Guest
Place Order -> // guest
Order Placed // orderId, guest
Pay Order ->
// @hotspot Cash?
Order Paid // orderId
// @policy Whenever Bar.Brew Finished, and brewId is 7, Call Guest
// @policy Whenever Order Paid
Call Guest ->
Order Called // orderId
Orders* // orderId, guest
// @context Bar
// @actor Barista
Finish Brew ->
Brew Finished // brewId
// @scenario
// @when Finish Brew // brewId: 1
// @then rejected: Cannot FinishBrew.
";

fn lower(text: &str) -> Solution {
    eml::lower(&emd::parse(text), Profile::Squall).solution
}

fn context<'a>(solution: &'a Solution, name: &str) -> &'a Context {
    solution.contexts.iter().find(|context| context.name == name).expect("a context")
}

/// The lines of all scenarios as their step, what they name, and how many values they give.
fn lines(context: &Context) -> Vec<(usize, Step, String, usize)> {
    let lines = context.scenarios.iter().flat_map(|one| &one.lines);
    let line = |line: &eml::ScenarioLine| {
        let says = match &line.says {
            Says::Name(name) => name.written().to_string(),
            Says::Rejected(message) => format!("! {message}"),
        };
        (line.place.map_or(0, |place| place.line), line.step, says, line.values.len())
    };
    lines.map(line).collect()
}

#[test]
fn a_policy_names_event_condition_and_command() {
    let solution = lower(TEXT);
    let desk = context(&solution, "Front Desk");
    let [policy] = desk.policies.as_slice() else { panic!("one is complete: {:?}", desk.policies) };
    assert_eq!(policy.place.map(|place| place.line), Some(14));
    assert_eq!(policy.event, Reference { context: "Bar".into(), name: "BrewFinished".into() });
    assert_eq!(policy.condition, "brewId is 7");
    assert_eq!(policy.command, Reference { context: "".into(), name: "CallGuest".into() });
}

#[test]
fn an_actor_does_what_stands_behind_it_until_a_policy() {
    let solution = lower(TEXT);
    let [guest] = context(&solution, "Front Desk").actors.as_slice() else { panic!("one actor") };
    assert_eq!(
        (guest.name.as_str(), guest.commands.as_slice()),
        ("Guest", ["PlaceOrder".into(), "PayOrder".into()].as_slice())
    );
}

#[test]
fn what_stands_before_the_first_context_is_its_own() {
    let solution = lower(TEXT);
    assert_eq!(solution.contexts.len(), 2);
    let desk = context(&solution, "Front Desk");
    assert_eq!(
        (desk.terms[0].name.as_str(), desk.terms[0].meaning.as_str()),
        ("Order", "what a guest wants")
    );
    assert_eq!(desk.scenarios[0].name, "An order is paid");
    let expected = [
        (3, Step::Given, "FrontDesk.OrderPlaced".to_owned(), 2),
        (4, Step::When, "FrontDesk.PayOrder".to_owned(), 1),
        (5, Step::Then, "FrontDesk.OrderPaid".to_owned(), 1),
        (6, Step::Expect, "FrontDesk.Orders".to_owned(), 0),
    ];
    assert_eq!(lines(desk), expected);
    assert_eq!(desk.scenarios[0].lines[0].values[1].value, "Ann, \"the\" guest");
    let bar = lines(context(&solution, "Bar"));
    assert_eq!(bar[1], (25, Step::Then, "! Cannot FinishBrew.".to_owned(), 0));
}

#[test]
fn an_actor_before_the_first_context_does_each_command_once() {
    let before = "# Shop\n// @actor Ann\nPay ->\nGreet ->\n";
    let solution = lower(&format!("{before}// @context Desk\n// @actor Ann\nPay ->\nOrder Paid\n"));
    let [ann] = context(&solution, "Desk").actors.as_slice() else { panic!("one actor") };
    assert_eq!(ann.commands, ["Pay", "Greet"]);
}

#[test]
fn a_sticky_ends_a_scenario_and_a_note_does_not() {
    let solution = lower("# A\n// @scenario One\n// @when X\n// a note\n// @then Y Z\nY Z\n// @expect Q\n");
    let scenarios = &solution.contexts[0].scenarios;
    assert_eq!(scenarios.iter().map(|one| one.lines.len()).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn a_name_that_holds_a_dot_is_still_a_name() {
    let solution =
        lower("# A\n// @context B\nC B.D\nB.C D\n// @scenario S\n// @given B.C D\n// @given B.C E\n");
    let lines = lines(&solution.contexts[0]);
    assert_eq!((lines[0].2.as_str(), lines[1].2.as_str()), ("B.CD", "B.CE"));
    let of = |line: usize| &solution.contexts[0].scenarios[0].lines[line].says;
    assert_eq!(*of(0), Says::Name(Reference { context: "".into(), name: "B.CD".into() }));
    assert_eq!(*of(1), Says::Name(Reference { context: "B".into(), name: "CE".into() }));
}

#[test]
fn yaml_keeps_all_of_it() {
    let solution = lower(TEXT);
    let yaml = eml::yaml(&solution, &[], Profile::Squall);
    let again = eml::read(&yaml).expect("YAML");
    for (one, again) in solution.contexts.iter().zip(&again.contexts) {
        let plain = |context: &Context| {
            let mut context = context.clone();
            context.policies.iter_mut().for_each(|one| one.place = None);
            context.actors.iter_mut().for_each(|one| one.place = None);
            context.terms.iter_mut().for_each(|one| one.place = None);
            context.scenarios.iter_mut().for_each(|one| {
                one.place = None;
                one.lines.iter_mut().for_each(|line| line.place = None);
            });
            (context.policies, context.actors, context.terms, context.scenarios)
        };
        assert_eq!(plain(one), plain(again));
        let shown = |context: &Context| -> Vec<Vec<String>> {
            let models = context.readmodels.iter();
            models
                .map(|model| {
                    model.properties.iter().map(|one| format!("{}: {}", one.name, one.r#type)).collect()
                })
                .collect()
        };
        assert_eq!(shown(one), shown(again));
    }
    let scenario = &context(&again, "Front Desk").scenarios[0];
    let of_yaml: Vec<&str> = yaml.lines().collect();
    let line = |place: Option<eml::Place>| of_yaml[place.expect("a place").line].trim();
    assert_eq!(line(scenario.place), "Name: An order is paid");
    assert_eq!(line(scenario.lines[3].place), "- Expect: FrontDesk.Orders");
}

#[test]
fn the_profile_les_has_none_of_it() {
    let yaml = eml::yaml(&lower(TEXT), &[], Profile::Les);
    for key in ["Policies", "Actors", "Terms", "Scenarios", "Steps"] {
        assert!(!yaml.contains(key), "{yaml}");
    }
    let les = eml::lower(&emd::parse_with(TEXT, emd::les::line), Profile::Les).solution;
    assert!(
        les.contexts
            .iter()
            .all(|one| one.policies.is_empty() && one.scenarios.is_empty() && one.actors.is_empty())
    );
}

#[test]
fn parts_that_are_not_there_are_empty() {
    let yaml = "Contexts:\n- Name: C\n  Policies:\n  - Policy:\n  - Policy: {Event: A, Command: B}\n  Scenarios:\n  - Scenario:\n  - Scenario: {Name: S, Steps: [{When: 5, Values: [{Name: a, Value: 1.50}]}, {}, null]}\n";
    let solution = eml::read(yaml).expect("YAML");
    let context = &solution.contexts[0];
    assert_eq!((context.policies.len(), context.scenarios.len()), (1, 2));
    assert_eq!(lines(context).len(), 1);
}

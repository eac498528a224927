//! The meter is green for a complete model without errors, and every rule that finds errors turns it off.

use eml::Profile;
use lint::{Level, Options, Report};

const TODO_LIST: &str = "# TODO List
Register User -> // userId, name
User Registered // userId, name
User Lookup* // userId, name
Add Item -> // todoId, description, userId
// @requires Todo Added
// @required description
Todo Added // todoId, description, userId
// @pivotal
TODO List* // todoId, description";

fn options(profile: Profile, level: Level) -> Options {
    Options { profile, level }
}

fn inspect(text: &str, profile: Profile) -> Report {
    let lines: Vec<&str> = text.lines().collect();
    lint::inspect(&lines, &options(profile, Level::SoftwareDesign))
}

/// The green text with a part of it replaced.
fn with(from: &str, to: &str) -> Report {
    assert!(TODO_LIST.contains(from), "{from}");
    inspect(&TODO_LIST.replace(from, to), Profile::Squall)
}

/// The green model's YAML with a part of it replaced.
fn eml_with(from: &str, to: &str) -> Report {
    let lowered = inspect(TODO_LIST, Profile::Squall).lowered;
    let yaml = eml::yaml(&lowered.solution, &[], Profile::Squall);
    assert!(yaml.contains(from), "{from} is not in\n{yaml}");
    let solution = eml::read(&yaml.replacen(from, to, 1)).expect("YAML");
    lint::inspect_model(solution, &options(Profile::Squall, Level::SoftwareDesign))
}

fn broken() -> Vec<(&'static str, Report)> {
    let streams = "  - Stream: User";
    vec![
        ("NoStreamName", with("User Registered", "Registered")),
        (
            "MissingSubscribesToEventForReadmodelProperty",
            with("* // todoId, description", "* // todoId, nothing"),
        ),
        ("ReadmodelKeyTooShort", with("* // todoId, description", "* // x, description")),
        ("NoSolutionName", with("# TODO List\n", "")),
        ("NoBoundedContext", inspect_eml("Solution: S\nContexts: []\n")),
        ("NamesMustBeUnique", with("TODO List* //", "Todo* //")),
        ("NoStreams", inspect("# T", Profile::Squall)),
        ("NoCommands", with("# TODO List", "# TODO List\nCart Filled")),
        ("NoEvents", eml_with(streams, "  - Stream: Cart\n    Events: []\n  - Stream: User")),
        ("NoCommandName", with("Add Item ->", "->")),
        ("InvalidCommandName", with("Add Item ->", "9 Items ->")),
        (
            "NoParameterType",
            eml_with("          Type: string\n          Rules", "          Type: ' '\n          Rules"),
        ),
        ("InvalidCommandParameterName", with("userId, name\nUser", "userId, n4\nUser")),
        ("MustExistInReadmodelNotFound", with("User Lookup*", "Users*")),
        ("MustExistInHasNoReadmodelArgument", eml_with("MustExistIn UserLookup", "MustExistIn")),
        (
            "CommandHasNoEvents",
            eml_with("Postconditions:\n        - UserRegistered\n", "Postconditions: []\n"),
        ),
        (
            "UnknownCommandPreconditionType",
            eml_with("TodoAdded MustHaveHappened", "TodoAdded MightHaveHappened"),
        ),
        ("PreconditionEventDoesntExistInStream", with("@requires Todo Added", "@requires User Registered")),
        (
            "PostconditionMustExist",
            eml_with("Postconditions:\n        - UserRegistered", "Postconditions:\n        - UserGone"),
        ),
        ("InvalidEventName", with("User Registered", "User Registered2")),
        ("NoEventID", eml_with("- Event:\n        Name: UserRegistered", "- Event:\n        Name: ' '")),
        (
            "NoAggregateId",
            eml_with("Properties:\n        - Name: userId", "Properties:\n        - Name: otherId"),
        ),
        ("EventMustBeCommandPostcondition", with("Register User ->", "User Forgotten\nRegister User ->")),
        ("NoPropertyName", with("User Registered // userId, name", "User Registered // userId, , name")),
        (
            "InvalidEventPropertyName",
            with("User Registered // userId, name", "User Registered // userId, name, n4"),
        ),
        (
            "NoPropertyType",
            eml_with(
                "Properties:\n        - Name: userId\n          Type: string",
                "Properties:\n        - Name: userId\n          Type: ''",
            ),
        ),
        ("MissingReadmodelName", eml_with("Name: UserLookup", "Name: ' '")),
        ("MissingReadmodelKey", with("TODO List* // todoId, description", "TODO List*")),
        ("ReadModelKeyDoesNotExist", with("TODO List* // todoId, description", "TODO List* // description")),
        ("MissingReadmodelSubscribesToEvent", with("TODO List* // todoId, description", "TODO List*")),
        (
            "SubscribesToEventNotFound",
            eml_with("SubscribesTo:\n      - UserRegistered", "SubscribesTo:\n      - UserGone"),
        ),
        ("AnnotationFitsNoSticky", with("TODO List* //", "// @requires A B\nTODO List* //")),
        ("AnnotationNamesNothing", with("@required description", "@required nothing")),
        ("UnreadableAnnotation", with("@required description", "@exists userId")),
        ("UnknownType", with("// @pivotal", "// @type description: words")),
        ("NoPathOfItsOwn", with("TODO List* //", "..* //")),
        ("TypeConflict", with("// @pivotal", "// @type description: email\n// @type description: date")),
    ]
}

fn inspect_eml(text: &str) -> Report {
    let solution = eml::read(text).expect("YAML");
    lint::inspect_model(solution, &options(Profile::Squall, Level::SoftwareDesign))
}

#[test]
fn a_complete_model_without_errors_is_green_at_software_design_only() {
    for profile in [Profile::Les, Profile::Squall] {
        let report = inspect(TODO_LIST, profile);
        assert_eq!(report.diagnostics, [], "{profile:?}");
        assert!(report.green);
    }
    for level in [Level::BigPicture, Level::ProcessModelling] {
        let lines: Vec<&str> = TODO_LIST.lines().collect();
        assert!(!lint::inspect(&lines, &options(Profile::Squall, level)).green);
    }
}

#[test]
fn a_model_that_lacks_a_kind_of_sticky_is_not_green() {
    for text in ["", "# T", "# T\nAdd Todo -> // todoId\nTodo Added // todoId, text"] {
        assert!(!inspect(text, Profile::Squall).green, "{text}");
    }
}

#[test]
fn every_rule_that_finds_errors_turns_the_meter_off() {
    let broken = broken();
    for (id, report) in &broken {
        let found: Vec<_> = report.errors().map(|one| one.rule.0).collect();
        assert!(found.contains(id), "{id} is not among {found:?}");
        assert!(!report.green, "{id}");
    }
    for rule in lint::explanations() {
        let covered = broken.iter().any(|(id, _)| *id == rule.id);
        assert!(covered || rule.severity != diag::Severity::Error, "{} has no case", rule.id);
    }
}

#[test]
fn big_picture_has_no_strict_findings() {
    let text = "# T\nSomething\nList*\n-> // x\nCart Filled // a";
    let lines: Vec<&str> = text.lines().collect();
    let report = lint::inspect(&lines, &options(Profile::Squall, Level::BigPicture));
    assert_eq!(report.diagnostics, []);
}

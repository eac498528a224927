//! LES's checklist of a complete event-sourced system, in words that business people use, and what keeps each sentence.
//!
//! Most sentences are kept by rules, LES's own or ours. Two hold by the way events are stored, whatever stands on a wall.

/// One sentence of the checklist.
pub struct Claim {
    pub says: &'static str,
    /// The rules that find where it does not hold; none where it holds by itself.
    pub rules: &'static [&'static str],
    /// Why it holds by itself, or what the rules leave to people.
    pub note: &'static str,
}

pub static CHECKLIST: [Claim; 12] = [
    Claim {
        says: "State changes are recorded as events over time.",
        rules: &[
            "NoStreams",
            "NoEvents",
            "CommandHasNoEvents",
            "CommandWithoutStream",
            "EventMustBeCommandPostcondition",
        ],
        note: "",
    },
    Claim {
        says: "Events are time-stamped.",
        rules: &[],
        note: "Every event gets its time when it is stored; no sticky has to say so.",
    },
    Claim {
        says: "Events are named in the past tense.",
        rules: &["EventNotPast"],
        note: "A hint, and only for English names.",
    },
    Claim {
        says: "The state can be rebuilt from the events.",
        rules: &["NoAggregateId", "KeptNowhere", "NoPropertyName", "InvalidEventPropertyName"],
        note: "What a command is told and no event keeps is lost.",
    },
    Claim {
        says: "A stream holds all the data that its decisions need.",
        rules: &["PreconditionEventDoesntExistInStream", "FromNowhere"],
        note: "",
    },
    Claim {
        says: "A command succeeds or fails as a whole.",
        rules: &["PostconditionMustExist", "EventMustBeCommandPostcondition"],
        note: "All events of a command are of one stream and are stored together.",
    },
    Claim {
        says: "Commands lead to state changes.",
        rules: &["CommandHasNoEvents", "CommandWithoutStream"],
        note: "",
    },
    Claim {
        says: "Commands name the state machine they change.",
        rules: &["CommandWithoutStream", "MustExistInReadmodelNotFound"],
        note: "It is the stream of the first event behind the command, whose id the command carries.",
    },
    Claim {
        says: "Events name the state machine they belong to.",
        rules: &["NoStreamName", "NoAggregateId"],
        note: "",
    },
    Claim {
        says: "Read models hold nothing that no event brings.",
        rules: &[
            "MissingSubscribesToEventForReadmodelProperty",
            "MissingReadmodelSubscribesToEvent",
            "SubscribesToEventNotFound",
            "ReadModelKeyDoesNotExist",
            "ReadModelFedByNothing",
        ],
        note: "",
    },
    Claim {
        says: "Commands act only on what exists, unless they create it.",
        rules: &["MayNotExistYet"],
        note: "A hint: some commands may come first.",
    },
    Claim {
        says: "Ids in commands must exist.",
        rules: &["MustExistInReadmodelNotFound", "MustExistInHasNoReadmodelArgument"],
        note: "",
    },
];

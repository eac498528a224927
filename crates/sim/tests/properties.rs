//! What holds of every run, whatever its steps are.

mod common;
use common::*;
use proptest::prelude::*;
use protocol::step::{Act, Command, Expected, Pace, Step, Upcast};
use protocol::storm::Storm;
use protocol::table::Query;

fn any_command() -> impl Strategy<Value = Act> {
    let name = prop::sample::select(vec![
        "SignUp",
        "PlaceOrder",
        "Place Order",
        "PackParcel",
        "SendParcel",
        "CancelOrder",
        "NoSuch",
    ]);
    let field = prop::sample::select(vec!["customerId", "orderId", "parcelId", "total", "email", "amount"]);
    let value = prop::sample::select(vec!["1", "2", "3", "", "12.50", "ann@x.org", "a,b"]);
    let given = prop::collection::vec((field, value), 0..4);
    let expected = prop_oneof![
        8 => Just(Expected::Any),
        1 => Just(Expected::NoStream),
        1 => (0u64..4).prop_map(Expected::Version),
    ];
    (name, given, expected).prop_map(|(name, given, expected)| {
        Act::Send(Command { name: name.into(), values: values(&given), expected })
    })
}

fn stream() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["Customer-1", "Order-1", "Order-2", "Parcel-1", "Nothing", ""])
        .prop_map(String::from)
}

fn any_act() -> impl Strategy<Value = Act> {
    let upcast = prop_oneof![
        Just(Upcast::RenameEvent { from: "OrderPlaced".into(), to: "OrderReceived".into() }),
        Just(Upcast::RenameProperty {
            event: "OrderReceived".into(),
            from: "total".into(),
            to: "amount".into()
        }),
        Just(Upcast::SkipEvent { event: "ParcelPacked".into() }),
    ];
    let import = r#"{"id":"5f0c6b1e-0000-4000-8000-000000000001","type":"OrderPlaced","stream":"Order-9","data":{"orderId":"9","total":"3"}}"#;
    prop_oneof![
        20 => any_command(),
        1 => prop::sample::select(vec!["before", "after", "missing"])
            .prop_map(|name| Act::Model { fingerprint: name.into() }),
        1 => prop::bool::ANY.prop_map(|stepped| Act::Policies {
            pace: if stepped { Pace::Stepped } else { Pace::Automatic }
        }),
        3 => (prop::option::of(0u64..9), prop::option::of(prop::bool::ANY))
            .prop_map(|(waiting, answer)| Act::Advance { waiting, answer }),
        1 => prop::bool::ANY.prop_map(|on| Act::Lag { on }),
        1 => prop::option::of(0u64..3).prop_map(|events| Act::CatchUp { events }),
        1 => (0u64..9, prop::bool::ANY).prop_map(|(position, skip)| Act::Skip { position, skip }),
        1 => upcast.prop_map(Act::Upcast),
        1 => stream().prop_map(|stream| Act::Forget { stream }),
        1 => stream().prop_map(|stream| Act::Delete { stream }),
        1 => (0u64..9).prop_map(|seed| Act::Storm(Storm {
            seed, people: 2, commands: 9, speed: 1.0, mix: Vec::new(), mistakes: 30,
        })),
        1 => Just(Act::Import { lines: import.into() }),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let first = step(Act::Model { fingerprint: "before".into() });
    let step = (any_act(), 0i64..1000, 0u64..9).prop_map(|(act, at, seed)| Step { at, seed, ..step(act) });
    prop::collection::vec(step, 0..40).prop_map(move |mut steps| {
        steps.insert(0, first.clone());
        steps
    })
}

/// Only commands, under one model, with read models that hear at once.
fn plain_steps() -> impl Strategy<Value = Vec<Step>> {
    let first = step(Act::Model { fingerprint: "before".into() });
    prop::collection::vec(any_command().prop_map(step), 0..40).prop_map(move |mut steps| {
        steps.insert(0, first.clone());
        steps
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_same_steps_give_the_same_run(steps in steps()) {
        prop_assert_eq!(portrait(&fold(&steps)), portrait(&fold(&steps)));
    }

    #[test]
    fn a_run_that_was_truncated_is_the_run_of_the_steps_that_are_left(steps in steps(), at in 0usize..40) {
        let at = at.min(steps.len());
        let mut run = fold(&steps);
        prop_assert_eq!(portrait(&run.branch(at)), portrait(&fold(&steps[..at])), "a branch");
        run.truncate(at);
        prop_assert_eq!(portrait(&run), portrait(&fold(&steps[..at])));
        for step in &steps[at..] {
            run.take(step.clone());
        }
        prop_assert_eq!(portrait(&run), portrait(&fold(&steps)), "and goes on as it did");
    }

    #[test]
    fn rebuilt_read_models_are_the_live_ones(steps in steps()) {
        let run = fold(&steps);
        let mut rebuilt = run.system().clone();
        rebuilt.renew();
        let model = run.system().model().clone();
        for (readmodel, _) in (0..).map(sim::model::ReadmodelId).zip(&model.readmodels) {
            let rows = |system: &sim::system::System| {
                let rows = system.projections().rows(readmodel).map(|rows| rows.until(u64::MAX).to_vec());
                format!("{rows:?}")
            };
            prop_assert_eq!(rows(&rebuilt), rows(run.system()));
        }
    }

    #[test]
    fn a_rejected_command_appends_nothing(steps in plain_steps()) {
        let mut run = fold(&[]);
        for step in steps {
            let before = picture(&run);
            let trace = run.take(step);
            let commands = told(&trace).iter().filter(|line| line.starts_with("command")).count();
            if commands == 1 && !failures(&trace).is_empty() {
                prop_assert_eq!(trace.before, trace.after);
                prop_assert_eq!(picture(&run), before);
            }
        }
    }

    #[test]
    fn a_table_as_of_a_position_is_the_table_that_was_there_then(steps in plain_steps()) {
        let run = fold(&steps);
        let mut grown = fold(&[]);
        for step in steps {
            grown.take(step);
            let at = grown.state(0).head;
            for readmodel in ["Orders", "Parcels", "CustomerLookup"] {
                let query = Query { readmodel: readmodel.into(), at: Some(at), ..Query::default() };
                let then = grown.table(&Query { at: None, ..query.clone() });
                if then.is_some() {
                    prop_assert_eq!(run.table(&query), then);
                }
            }
        }
    }
}

//! Faults that happen in the page: handed to its script as a small JSON list.

use serde_json::{Value, json};

use super::fault::Fault;
use super::name::FaultName;
use super::set::{FaultSet, Moment};
use super::step::Step;

/// What the page of this step must do. Faults that are counted by the page's own clicks are
/// handed over whole.
pub(crate) fn behaviours(set: &mut FaultSet, step: Step, moment: &Moment) -> Vec<Value> {
    let here = Moment {
        path: step.path().to_owned(),
        ..moment.clone()
    };
    let mut list = Vec::new();
    if step == Step::Calculate {
        // The save has no page part of its own.
        let save = Moment {
            path: Step::Save.path().to_owned(),
            ..moment.clone()
        };
        if let Some(fault) = set.take(FaultName::NativeAlert, &save) {
            list.push(json!({"do": "save_alert", "text": fault.text}));
        }
    }
    for name in names_at(step) {
        if let Some(fault) = take(set, *name, &here) {
            list.push(script(&fault, step));
        }
    }
    list
}

fn take(set: &mut FaultSet, name: FaultName, here: &Moment) -> Option<Fault> {
    match name {
        FaultName::SaveClickDead | FaultName::SaveInvalid => set.take_whole(name, here),
        _ => set.take(name, here),
    }
}

fn names_at(step: Step) -> &'static [FaultName] {
    use FaultName as F;
    match step {
        Step::Dashboard => &[F::NativeAlert, F::PageHangs, F::MenuFlat],
        Step::Calculate => &[
            F::NativeAlert,
            F::PageCovered,
            F::PageHangs,
            F::ValueAltered,
            F::SubmitsByItself,
            F::SaveDoubleFires,
            F::SaveClickDead,
            F::SaveInvalid,
            F::IdvOverwritten,
            F::FinancierCleared,
            F::InspectionDialog,
        ],
        Step::Coverage => &[
            F::NativeAlert,
            F::PageCovered,
            F::PageHangs,
            F::ValueAltered,
            F::SubmitsByItself,
        ],
        Step::Form => &[
            F::NativeAlert,
            F::PageCovered,
            F::PageHangs,
            F::ValueAltered,
            F::KeysDropped,
            F::SubmitsByItself,
        ],
        _ => &[
            F::NativeAlert,
            F::PageHangs,
            F::ValueAltered,
            F::KeysDropped,
        ],
    }
}

fn script(fault: &Fault, step: Step) -> Value {
    let text = fault.text.as_deref();
    match fault.fault {
        FaultName::NativeAlert => json!({"do": "alert", "text": text}),
        FaultName::PageCovered => json!({"do": "cover", "text": text}),
        FaultName::PageHangs => json!({"do": "hang"}),
        FaultName::MenuFlat => json!({"do": "menu_flat", "ms": fault.delay_ms}),
        FaultName::KeysDropped => json!({"do": "drop_keys", "ms": fault.delay_ms}),
        FaultName::ValueAltered => json!({
            "do": "alter", "field": fault.field, "value": fault.value, "on_change": matches!(step, Step::Form | Step::Form60),
        }),
        FaultName::SubmitsByItself => json!({"do": "self_submit"}),
        FaultName::SaveDoubleFires => json!({"do": "save_twice"}),
        FaultName::SaveClickDead => json!({"do": "save_dead", "times": fault.times.unwrap_or(1)}),
        FaultName::SaveInvalid => json!({
            "do": "save_invalid", "times": fault.times.unwrap_or(1),
            "text": text.unwrap_or("Please select Declaration"),
        }),
        FaultName::IdvOverwritten => json!({"do": "idv_overwrite"}),
        FaultName::FinancierCleared => json!({"do": "clear_financier"}),
        FaultName::InspectionDialog => json!({"do": "inspection"}),
        other => json!({"do": "nothing", "fault": other}),
    }
}

//! A filter as an object: the parameters of the list, where several values may also be a list.

use std::borrow::Cow;

use formhand_domain::{AccountName, BusinessKey, CallerId, FlowName, PortalName, Status};
use formhand_store::JobFilter;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::{
    super::{
        JOB_FILTERS, Problem, Query, job_filter,
        openapi::Time,
        problem::{FieldProblem, pointer_part},
    },
    order::malformed,
};

/// Parameters of the list as a filter.
pub(crate) fn object(
    pairs: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
) -> Value {
    let mut object = Map::new();
    for (name, value) in pairs {
        let values = object.entry(name).or_insert_with(|| json!([]));
        if let Value::Array(values) = values {
            values.push(Value::String(value.into()));
        }
    }
    Value::Object(object)
}

/// Understands it.
pub(super) fn read(given: Map<String, Value>) -> Result<JobFilter, Problem> {
    let mut pairs = Vec::new();
    for (name, value) in given {
        let values = match value {
            Value::Array(values) => values,
            value => vec![value],
        };
        for value in values {
            let Value::String(text) = value else {
                let pointer = format!("/filter/{}", pointer_part(&name));
                let field = FieldProblem::new(pointer, "expected text, or a list of texts");
                return Err(malformed("the filter is not as it must be").with_errors(vec![field]));
            };
            pairs.push((name.clone(), text));
        }
    }
    job_filter(&Query::of(pairs).only(&JOB_FILTERS)?)
}

/// A filter, as programs are told of it.
pub(super) struct FilterSchema;

impl JsonSchema for FilterSchema {
    fn schema_name() -> Cow<'static, str> {
        "JobFilter".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let text = |what: &str, of: Schema| {
            json_schema!({
                "description": what,
                "anyOf": [of, {"type": "array", "items": of}],
            })
        };
        let plain = json_schema!({"type": "string"});
        let time = generator.subschema_for::<Time>();
        json_schema!({
            "type": "object",
            "description": "All that is given must hold, as with the parameters of `GET /api/jobs`.",
            "additionalProperties": false,
            "properties": {
                "status": text("One of these.", generator.subschema_for::<Status>()),
                "portal": text("Of this portal.", generator.subschema_for::<PortalName>()),
                "account": text("Of this account.", generator.subschema_for::<AccountName>()),
                "flow": text("Of this flow.", generator.subschema_for::<FlowName>()),
                "from": text("Handed in at this time or later.", time.clone()),
                "until": text("Handed in before this time.", time),
                "captchaId": text("With this id of your own.", generator.subschema_for::<CallerId>()),
                "businessKey": text("With this business key.", generator.subschema_for::<BusinessKey>()),
                "q": text("With words that begin so, or are so where the store is sealed, in label, captchaId, business key or receipt.", plain),
            },
        })
    }
}

//! The schema of definition files, for editors.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::raw;

/// The JSON Schema of a portal definition. Committed as `schema/portal.v1.json`; a test keeps the two the same.
pub fn json_schema() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    generator.into_root_schema_for::<raw::Portal>().to_value()
}

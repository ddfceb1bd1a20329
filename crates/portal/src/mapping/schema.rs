//! The schema of mapping files, for editors.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::raw;

/// The JSON Schema of a mapping. Committed as `schema/mapping.schema.json`; a test keeps the two the same.
pub fn json_schema() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    generator.into_root_schema_for::<raw::Mapping>().to_value()
}

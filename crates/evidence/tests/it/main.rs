//! Evidence in object storage, with a real S3 server that checks signatures.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may panic")]

mod bucket;
mod handing_over;
mod tls;

//! The one binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    formhand_server::cli::main()
}

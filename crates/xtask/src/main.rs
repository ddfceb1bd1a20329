//! Checks of the source tree that no compiler makes. Development only.

mod tidy;

use std::process::ExitCode;

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some("tidy") {
        return tidy::run();
    }
    say("usage: cargo run --package xtask -- tidy");
    ExitCode::from(2)
}

#[expect(clippy::print_stderr, reason = "this is a command for people")]
fn say(line: &str) {
    eprintln!("{line}");
}

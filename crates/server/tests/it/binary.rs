//! The binary.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use formhand_server::cli::ENVIRONMENT;

/// The binary in this folder, with nothing of this machine's environment that could change what it does.
pub(crate) fn formhand(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_formhand"));
    command.current_dir(folder).stdin(Stdio::null());
    for name in ENVIRONMENT {
        command.env_remove(name);
    }
    command
}

//! Asking a program for its version.

use std::{path::Path, process::Stdio, time::Duration};

use tokio::process::Command;

/// A program that does not even say its version by then hangs.
const TIMEOUT: Duration = Duration::from_secs(10);

/// What the program prints, or why it does not.
pub(super) async fn output(program: &Path, argument: &str) -> Result<String, String> {
    let running = Command::new(program)
        .arg(argument)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = match tokio::time::timeout(TIMEOUT, running).await {
        Err(_) => {
            return Err(format!(
                "no answer to {argument} within {} s",
                TIMEOUT.as_secs()
            ));
        }
        Ok(Err(error)) => return Err(error.to_string()),
        Ok(Ok(output)) => output,
    };
    if !output.status.success() {
        return Err(format!("{argument} ended with {}", output.status));
    }
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    Ok(text)
}

//! Reads with a program of the operator's: the picture on its standard input, the letters on its standard output.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use async_trait::async_trait;
use tokio::{io::AsyncWriteExt, process};

use super::{Picture, SolveError, Solver};

/// A program of the operator's.
pub(super) struct Command {
    pub(super) program: PathBuf,
    pub(super) arguments: Vec<String>,
}

/// A captcha picture is old by then.
const LIMIT: Duration = Duration::from_mins(1);

#[async_trait]
impl Solver for Command {
    async fn solve(&self, picture: &Picture) -> Result<String, SolveError> {
        let text = run(&self.program, &self.arguments, &picture.png).await?;
        picture.accept(&text)
    }
}

/// Runs a program with `input` on its standard input and returns what it prints.
pub(super) async fn run<A: AsRef<OsStr>>(
    program: &Path,
    arguments: &[A],
    input: &[u8],
) -> Result<String, SolveError> {
    let failed = |why: String| SolveError::Program {
        program: program.display().to_string(),
        why,
    };
    let mut child = process::Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        // One picture is a moment's work: threads of its own only take the cores from the browsers.
        .env("OMP_THREAD_LIMIT", "1")
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    let mut stdin = child
        .stdin
        .take()
        .ok_or_else(|| failed("it has no input".into()))?;
    let talk = async {
        // A program may answer without reading everything; what counts is what it prints.
        let _ = stdin.write_all(input).await;
        drop(stdin);
        child.wait_with_output().await
    };
    let output = tokio::time::timeout(LIMIT, talk)
        .await
        .map_err(|_| failed(format!("no answer within {LIMIT:?}")))?
        .map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        return Err(failed(output.status.to_string()));
    }
    String::from_utf8(output.stdout)
        .map_err(|_| failed("it printed something that is no text".into()))
}

//! Reading a secret from standard input, which a terminal does not show.

use std::io::{self, IsTerminal as _, Read as _};

use formhand_domain::Secret;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

use super::super::Output;

/// The whole of standard input, or one line of a terminal.
pub(super) fn secret(prompt: &str, output: Output) -> io::Result<Secret> {
    let stdin = io::stdin();
    let mut text = String::new();
    if stdin.is_terminal() {
        output.say(prompt);
        let hidden = Hidden::begin()?;
        stdin.read_line(&mut text)?;
        drop(hidden);
    } else {
        stdin.lock().read_to_string(&mut text)?;
    }
    Ok(Secret::new(text.trim_end_matches(['\r', '\n'])))
}

/// While it lives, the terminal does not show what is typed.
struct Hidden(Termios);

impl Hidden {
    fn begin() -> io::Result<Self> {
        let was = tcgetattr(io::stdin())?;
        let mut hidden = was.clone();
        hidden.local_modes.remove(LocalModes::ECHO);
        hidden.local_modes.insert(LocalModes::ECHONL);
        tcsetattr(io::stdin(), OptionalActions::Flush, &hidden)?;
        Ok(Self(was))
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        // A terminal that is gone shows nothing anyway.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.0);
    }
}

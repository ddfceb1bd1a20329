//! The program that reads captchas.

use std::path::Path;

use super::{Check, program};

const NAME: &str = "tesseract";

/// The program and its English data.
pub(super) async fn check() -> Check {
    let program = Path::new("tesseract");
    let version = match program::output(program, "--version").await {
        Ok(text) => text
            .lines()
            .next()
            .unwrap_or("unknown version")
            .trim()
            .to_owned(),
        Err(error) => {
            let hint = "apt-get install tesseract-ocr, or give every account another solver";
            return Check::fail(NAME, error, hint);
        }
    };
    match program::output(program, "--list-langs").await {
        Ok(text) if text.lines().any(|line| line.trim() == "eng") => {
            Check::ok(NAME, format!("{version}, with English data"))
        }
        Ok(_) => Check::fail(
            NAME,
            format!("{version}, without English data"),
            "apt-get install tesseract-ocr-eng",
        ),
        Err(error) => Check::fail(NAME, error, "apt-get install --reinstall tesseract-ocr"),
    }
}

//! Reads with the tesseract program. Everything goes through pipes: no file is shared by parallel logins.

use std::io::Cursor;

use async_trait::async_trait;
use image::ImageFormat;

use super::{Picture, SolveError, Solver, clean::clean, command::run};

/// Reads with the tesseract program.
pub(super) struct Ocr;

/// How tesseract is to see the picture: as one line, or else as one word.
const MODES: [&str; 2] = ["7", "8"];

#[async_trait]
impl Solver for Ocr {
    async fn solve(&self, picture: &Picture) -> Result<String, SolveError> {
        let mut png = Vec::new();
        clean(&picture.pixels)
            .write_to(&mut Cursor::new(&mut png), ImageFormat::Png)
            .map_err(|error| SolveError::Picture(error.to_string()))?;
        let whitelist = format!("tessedit_char_whitelist={}", picture.alphabet);
        let mut last = None;
        for mode in MODES {
            let arguments = ["-", "-", "--psm", mode, "-l", "eng", "-c", &whitelist];
            let text = run("tesseract".as_ref(), &arguments, &png).await?;
            match picture.accept(&text) {
                Ok(answer) => return Ok(answer),
                Err(error) => last = Some(error),
            }
        }
        Err(last.unwrap_or_else(|| SolveError::Picture("no way of reading was tried".into())))
    }
}

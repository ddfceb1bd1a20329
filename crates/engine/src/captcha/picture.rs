//! A captcha picture that is whole, and answers that can be right.

use std::{fmt, io::Cursor};

use formhand_portal::CaptchaRule;
use image::{DynamicImage, ImageFormat, ImageReader, Limits};

use super::SolveError;

/// A captcha picture.
#[derive(Clone)]
pub(crate) struct Picture {
    pub(crate) png: Vec<u8>,
    pub(crate) pixels: DynamicImage,
    pub(crate) length: usize,
    pub(crate) alphabet: String,
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Picture({}x{})",
            self.pixels.width(),
            self.pixels.height()
        )
    }
}

/// No captcha is larger.
const MAX_SIDE: u32 = 2000;

impl Picture {
    /// A picture that is as large as the definition says: one that was cut off is never shown to a reader.
    pub(crate) fn check(png: Vec<u8>, rule: &CaptchaRule) -> Result<Self, SolveError> {
        let mut reader = ImageReader::with_format(Cursor::new(&png), ImageFormat::Png);
        let mut limits = Limits::default();
        limits.max_image_width = Some(MAX_SIDE);
        limits.max_image_height = Some(MAX_SIDE);
        reader.limits(limits);
        let pixels = reader
            .decode()
            .map_err(|error| SolveError::Picture(error.to_string()))?;
        let (width, height) = rule.min_size;
        if pixels.width() < width || pixels.height() < height {
            let (is_width, is_height) = (pixels.width(), pixels.height());
            return Err(SolveError::Picture(format!(
                "it is {is_width} by {is_height} pixels, and a whole one has at least {width} by {height}"
            )));
        }
        Ok(Self {
            png,
            pixels,
            length: rule.length,
            alphabet: rule.alphabet.clone(),
        })
    }

    /// The answer, if it can be right.
    pub(crate) fn accept(&self, answer: &str) -> Result<String, SolveError> {
        let answer: String = answer.chars().filter(|c| !c.is_whitespace()).collect();
        let plausible = answer.chars().count() == self.length
            && answer.chars().all(|letter| self.alphabet.contains(letter));
        if plausible {
            Ok(answer)
        } else {
            Err(SolveError::Implausible {
                length: answer.chars().count(),
                wanted: self.length,
                alphabet: self.alphabet.clone(),
            })
        }
    }
}

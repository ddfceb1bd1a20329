//! The captchas that were shown and not yet answered.

use std::collections::{HashMap, VecDeque};

use image::RgbImage;
use rand::{Rng, RngExt};

/// More open captchas than this are forgotten, the oldest first: nobody answers them any more.
const OPEN_LIMIT: usize = 500;

/// A captcha is good for one answer.
#[derive(Default)]
pub(crate) struct CaptchaBook {
    open: HashMap<String, Captcha>,
    ids: VecDeque<String>,
}

struct Captcha {
    text: String,
    png: Vec<u8>,
}

impl CaptchaBook {
    /// Draws a new one and gives its id.
    pub(crate) fn open(&mut self, rng: &mut impl Rng) -> String {
        let id = format!("{:032x}", rng.random::<u128>());
        let text: String = (0..4)
            .map(|_| char::from(rng.random_range(b'A'..=b'Z')))
            .collect();
        let png = super::draw(&text, rng);
        self.open.insert(id.clone(), Captcha { text, png });
        self.ids.push_back(id.clone());
        if self.ids.len() > OPEN_LIMIT
            && let Some(oldest) = self.ids.pop_front()
        {
            self.open.remove(&oldest);
        }
        id
    }

    pub(crate) fn png(&self, id: &str) -> Option<Vec<u8>> {
        self.open.get(id).map(|captcha| captcha.png.clone())
    }

    pub(crate) fn text(&self, id: &str) -> Option<String> {
        self.open.get(id).map(|captcha| captcha.text.clone())
    }

    /// The text of an open captcha with these pixels.
    pub(crate) fn text_in(&self, picture: &RgbImage) -> Option<String> {
        let shows = |captcha: &&Captcha| {
            let drawn = image::load_from_memory(&captcha.png);
            drawn.is_ok_and(|drawn| drawn.to_rgb8() == *picture)
        };
        let captcha = self.open.values().find(shows);
        captcha.map(|captcha| captcha.text.clone())
    }

    /// Whether the answer is right. The captcha is used up either way.
    pub(crate) fn answer(&mut self, id: &str, text: &str) -> bool {
        self.open
            .remove(id)
            .is_some_and(|captcha| captcha.text == text.trim())
    }
}

//! Draws four letters: slanted, bent, blue to violet, on white with blue speckles.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};
use rand::{Rng, RngExt};

use super::font::{points, strokes};

const WIDTH: u16 = 129;
const HEIGHT: u16 = 45;
/// Room for one letter, and the letter's own size in it.
const CELL: f32 = 29.0;
const LETTER: (f32, f32) = (16.0, 24.0);
const SPECKLES: u16 = 110;

type Point = (f32, f32);

/// The picture as PNG bytes, 129 × 45.
pub(crate) fn draw(text: &str, rng: &mut impl Rng) -> Vec<u8> {
    let mut canvas = RgbImage::from_pixel(WIDTH.into(), HEIGHT.into(), Rgb([255, 255, 255]));
    let bend = Bend::random(rng);
    let mut left = 8.0 + rng.random_range(-2.0..2.0);
    for letter in text.chars() {
        let ink = Rgb([
            rng.random_range(30..110),
            rng.random_range(10..70),
            rng.random_range(150..225),
        ]);
        let pen = rng.random_range(1.7..2.1);
        let slant = Slant::random(left, rng);
        for stroke in strokes(letter) {
            let line: Vec<Point> = points(*stroke)
                .into_iter()
                .map(|p| bend.apply(slant.apply(p)))
                .collect();
            line.windows(2)
                .for_each(|ends| draw_line(&mut canvas, ends[0], ends[1], pen, ink));
        }
        left += CELL;
    }
    speckle(&mut canvas, rng);
    let mut png = Cursor::new(Vec::new());
    if let Err(error) = canvas.write_to(&mut png, ImageFormat::Png) {
        // Memory takes every write; an empty picture is what a broken portal would show.
        tracing::warn!(%error, "the captcha could not be encoded");
    }
    png.into_inner()
}

/// Where one letter stands and how it leans.
struct Slant {
    left: f32,
    top: f32,
    lean: f32,
    scale: f32,
}

impl Slant {
    fn random(left: f32, rng: &mut impl Rng) -> Self {
        Self {
            left,
            top: 9.5 + rng.random_range(-2.5..2.5),
            lean: rng.random_range(-0.16..0.16),
            scale: rng.random_range(0.94..1.08),
        }
    }

    fn apply(&self, (x, y): Point) -> Point {
        let (width, height) = (LETTER.0 * self.scale, LETTER.1 * self.scale);
        let lean = self.lean * (0.5 - y) * height;
        (self.left + x * width + lean, self.top + y * height)
    }
}

/// A gentle wave through the whole picture.
struct Bend {
    amplitude: f32,
    phase: f32,
    length: f32,
}

impl Bend {
    fn random(rng: &mut impl Rng) -> Self {
        Self {
            amplitude: rng.random_range(0.5..1.3),
            phase: rng.random_range(0.0..std::f32::consts::TAU),
            length: rng.random_range(45.0..80.0),
        }
    }

    fn apply(&self, (x, y): Point) -> Point {
        let wave = |at: f32| (at / self.length * std::f32::consts::TAU + self.phase).sin();
        (
            x + 0.4 * self.amplitude * wave(y * 2.0),
            y + self.amplitude * wave(x),
        )
    }
}

fn draw_line(canvas: &mut RgbImage, from: Point, to: Point, pen: f32, ink: Rgb<u8>) {
    let reach = pen + 1.0;
    for y in pixels(from.1.min(to.1) - reach, from.1.max(to.1) + reach, HEIGHT) {
        for x in pixels(from.0.min(to.0) - reach, from.0.max(to.0) + reach, WIDTH) {
            let away = distance((f32::from(x), f32::from(y)), from, to);
            let cover = (pen + 0.5 - away).clamp(0.0, 1.0);
            if cover > 0.0 {
                mix(canvas.get_pixel_mut(x.into(), y.into()), ink, cover);
            }
        }
    }
}

fn pixels(from: f32, to: f32, limit: u16) -> impl Iterator<Item = u16> {
    (0..limit).filter(move |at| (from..=to).contains(&f32::from(*at)))
}

fn distance(at: Point, from: Point, to: Point) -> f32 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx * dx + dy * dy;
    let along = if length == 0.0 {
        0.0
    } else {
        (((at.0 - from.0) * dx + (at.1 - from.1) * dy) / length).clamp(0.0, 1.0)
    };
    (at.0 - from.0 - along * dx).hypot(at.1 - from.1 - along * dy)
}

/// Darkens only, so that overlapping strokes stay smooth.
fn mix(pixel: &mut Rgb<u8>, ink: Rgb<u8>, cover: f32) {
    for (have, want) in pixel.0.iter_mut().zip(ink.0) {
        let mixed = 255.0 + (f32::from(want) - 255.0) * cover;
        *have = (*have).min(to_byte(mixed));
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the range of a byte first"
)]
fn to_byte(value: f32) -> u8 {
    value.clamp(0.0, 255.0).round() as u8
}

fn speckle(canvas: &mut RgbImage, rng: &mut impl Rng) {
    for _ in 0..SPECKLES {
        let (x, y) = (rng.random_range(0..WIDTH), rng.random_range(0..HEIGHT));
        let pale = rng.random_range(70..190);
        let dot = Rgb([pale, pale, rng.random_range(190..255)]);
        mix(canvas.get_pixel_mut(x.into(), y.into()), dot, 1.0);
    }
}

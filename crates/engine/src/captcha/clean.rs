//! Makes a captcha picture fit for OCR: dark letters on white, no specks, large.

use image::{DynamicImage, GrayImage, Luma, imageops};

/// What is darker than this is ink. Noise is drawn lighter than letters, or goes with the specks.
const INK: u8 = 150;

/// A connected patch of fewer pixels is a speck.
const SPECK: usize = 12;

/// OCR wants letters of some 40 pixels and more.
const SCALE: u32 = 4;

/// White around the letters; OCR misreads those that touch the edge.
const BORDER: u32 = 24;

pub(super) fn clean(picture: &DynamicImage) -> GrayImage {
    let grey = picture.to_luma8();
    let mut ink = GrayImage::from_fn(grey.width(), grey.height(), |x, y| {
        Luma([if grey.get_pixel(x, y).0[0] < INK {
            0
        } else {
            255
        }])
    });
    remove_specks(&mut ink);
    let (width, height) = (ink.width() * SCALE, ink.height() * SCALE);
    let large = imageops::resize(&ink, width, height, imageops::FilterType::CatmullRom);
    let mut framed = GrayImage::from_pixel(width + 2 * BORDER, height + 2 * BORDER, Luma([255]));
    imageops::replace(&mut framed, &large, i64::from(BORDER), i64::from(BORDER));
    framed
}

fn remove_specks(ink: &mut GrayImage) {
    let (width, height) = ink.dimensions();
    let mut seen = vec![false; (width * height) as usize];
    for y in 0..height {
        for x in 0..width {
            let patch = patch_at(ink, &mut seen, x, y);
            if patch.len() < SPECK {
                for (x, y) in patch {
                    ink.put_pixel(x, y, Luma([255]));
                }
            }
        }
    }
}

/// The connected patch of ink around a pixel, if it was not seen yet.
fn patch_at(ink: &GrayImage, seen: &mut [bool], x: u32, y: u32) -> Vec<(u32, u32)> {
    let (width, height) = ink.dimensions();
    let mut patch = Vec::new();
    let mut open = vec![(x, y)];
    while let Some((x, y)) = open.pop() {
        let index = (y * width + x) as usize;
        if seen[index] || ink.get_pixel(x, y).0[0] != 0 {
            continue;
        }
        seen[index] = true;
        patch.push((x, y));
        for next_y in y.saturating_sub(1)..=(y + 1).min(height - 1) {
            for next_x in x.saturating_sub(1)..=(x + 1).min(width - 1) {
                open.push((next_x, next_y));
            }
        }
    }
    patch
}

//! Makes a captcha picture fit for OCR: the letters with their soft edges on white, no specks, large.

use image::{DynamicImage, GrayImage, Luma, imageops};

/// What is darker than this is ink. Noise is drawn lighter than letters, or goes with the specks.
const INK: u8 = 150;

/// A connected patch of fewer pixels is a speck.
const SPECK: usize = 12;

/// White around the letters, in pixels of the picture; OCR misreads those that touch the edge.
const BORDER: u32 = 10;

/// OCR wants letters of some 40 pixels and more. Of two, three and four, three was read best: 77 of 80 pictures,
/// against 75 and 72.
const SCALE: u32 = 3;

const WHITE: Luma<u8> = Luma([255]);

pub(super) fn clean(picture: &DynamicImage) -> GrayImage {
    let grey = picture.to_luma8();
    let (width, height) = grey.dimensions();
    let mut ink = GrayImage::from_fn(width, height, |x, y| {
        Luma([if grey.get_pixel(x, y).0[0] < INK {
            0
        } else {
            255
        }])
    });
    remove_specks(&mut ink);
    let mut framed = GrayImage::from_pixel(width + 2 * BORDER, height + 2 * BORDER, WHITE);
    for (x, y, pixel) in grey.enumerate_pixels() {
        // The soft edge of a stroke tells its shape, so the pixels around the ink are kept as they are.
        if touches_ink(&ink, x, y) {
            framed.put_pixel(x + BORDER, y + BORDER, *pixel);
        }
    }
    let (width, height) = framed.dimensions();
    imageops::resize(
        &framed,
        width * SCALE,
        height * SCALE,
        imageops::FilterType::CatmullRom,
    )
}

fn touches_ink(ink: &GrayImage, x: u32, y: u32) -> bool {
    around(ink, x, y).any(|(x, y)| ink.get_pixel(x, y).0[0] == 0)
}

/// A pixel and those next to it.
fn around(picture: &GrayImage, x: u32, y: u32) -> impl Iterator<Item = (u32, u32)> + use<> {
    let (width, height) = picture.dimensions();
    let rows = y.saturating_sub(1)..=(y + 1).min(height - 1);
    rows.flat_map(move |row| {
        (x.saturating_sub(1)..=(x + 1).min(width - 1)).map(move |column| (column, row))
    })
}

fn remove_specks(ink: &mut GrayImage) {
    let (width, height) = ink.dimensions();
    let mut seen = vec![false; (width * height) as usize];
    for y in 0..height {
        for x in 0..width {
            let patch = patch_at(ink, &mut seen, x, y);
            if patch.len() < SPECK {
                for (x, y) in patch {
                    ink.put_pixel(x, y, WHITE);
                }
            }
        }
    }
}

/// The connected patch of ink around a pixel, if it was not seen yet.
fn patch_at(ink: &GrayImage, seen: &mut [bool], x: u32, y: u32) -> Vec<(u32, u32)> {
    let width = ink.width();
    let mut patch = Vec::new();
    let mut open = vec![(x, y)];
    while let Some((x, y)) = open.pop() {
        let index = (y * width + x) as usize;
        if seen[index] || ink.get_pixel(x, y).0[0] != 0 {
            continue;
        }
        seen[index] = true;
        patch.push((x, y));
        open.extend(around(ink, x, y));
    }
    patch
}

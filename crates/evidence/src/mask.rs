//! Paints over the parts of a picture that show personal data.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use thiserror::Error;

/// A rectangle in pixels. What reaches beyond the picture is cut off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// A picture could not be masked. It must not be kept then.
#[derive(Debug, Error)]
#[error("failed to mask a picture: {0}")]
pub struct MaskError(#[from] image::ImageError);

/// Dark enough to hide, and plainly not a part of any page.
const PAINT: Rgb<u8> = Rgb([55, 65, 81]);

/// Letters reach a little beyond their box.
const MARGIN: f64 = 2.0;

/// No screenshot is larger; a page could ask for a picture that fills the memory.
const MAX_SIDE: u32 = 20_000;
const MAX_BYTES: u64 = 512 * 1024 * 1024;

/// The picture (PNG) with every area painted over (PNG).
///
/// The whole picture is decoded to pixels and encoded anew, so nothing of the original is left beside them.
pub fn paint(png: &[u8], areas: &[Area]) -> Result<Vec<u8>, MaskError> {
    let mut reader = ImageReader::with_format(Cursor::new(png), ImageFormat::Png);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_BYTES);
    reader.limits(limits);
    let mut picture = reader.decode()?.into_rgb8();
    for area in areas {
        fill(&mut picture, *area);
    }
    let mut out = Vec::new();
    picture.write_to(&mut Cursor::new(&mut out), ImageFormat::Png)?;
    Ok(out)
}

fn fill(picture: &mut RgbImage, area: Area) {
    let (width, height) = picture.dimensions();
    let left = edge(area.x - MARGIN, width);
    let right = edge(area.x + area.width + MARGIN, width);
    let top = edge(area.y - MARGIN, height);
    let bottom = edge(area.y + area.height + MARGIN, height);
    for y in top..bottom {
        for x in left..right {
            picture.put_pixel(x, y, PAINT);
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the picture's own size just before"
)]
fn edge(position: f64, size: u32) -> u32 {
    if position.is_nan() {
        return 0;
    }
    position.round().clamp(0.0, f64::from(size)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn white(width: u32, height: u32) -> Vec<u8> {
        let mut out = Vec::new();
        RgbImage::from_pixel(width, height, Rgb([255, 255, 255]))
            .write_to(&mut Cursor::new(&mut out), ImageFormat::Png)
            .unwrap();
        out
    }

    fn decode(png: &[u8]) -> RgbImage {
        image::load_from_memory(png).unwrap().into_rgb8()
    }

    #[test]
    fn an_area_is_painted_over_and_the_rest_is_left() {
        let area = Area {
            x: 10.0,
            y: 10.0,
            width: 5.0,
            height: 5.0,
        };
        let picture = decode(&paint(&white(40, 30), &[area]).unwrap());
        assert_eq!(*picture.get_pixel(12, 12), PAINT);
        assert_eq!(*picture.get_pixel(30, 25), Rgb([255, 255, 255]));
    }

    #[test]
    fn an_area_may_reach_beyond_the_picture() {
        let areas = [
            Area {
                x: -50.0,
                y: -50.0,
                width: 500.0,
                height: 500.0,
            },
            Area {
                x: f64::NAN,
                y: f64::INFINITY,
                width: 1.0,
                height: 1.0,
            },
        ];
        let picture = decode(&paint(&white(4, 4), &areas).unwrap());
        assert!(picture.pixels().all(|pixel| *pixel == PAINT));
    }

    #[test]
    fn what_is_no_picture_is_an_error_and_is_not_passed_on() {
        assert!(paint(b"<html>", &[]).is_err());
    }
}

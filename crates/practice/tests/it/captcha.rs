//! The captcha is a picture that the real `tesseract` reads in most tries, after the little work
//! that any reader would do: darken, drop the specks, enlarge.

use std::io::{Cursor, Write};
use std::process::{Command, Stdio};

use image::imageops::{FilterType, overlay, resize};
use image::{GrayImage, ImageFormat, Luma};

use crate::browserless::{Visitor, portal};

const TRIES: usize = 60;

#[tokio::test]
async fn tesseract_reads_most_captchas() {
    let portal = portal().await;
    let visitor = Visitor::new(&portal);
    let mut readings = Vec::new();
    for _ in 0..TRIES {
        let id = visitor.captcha_id().await;
        let picture = visitor
            .get(&format!("/DefaultCaptcha/Generate?t={id}"))
            .await;
        let png = picture.bytes().await.unwrap();
        let text = portal.captcha_answer(&id).unwrap();
        readings.push((text, tokio::task::spawn_blocking(move || read(&png))));
    }
    let mut right = 0;
    for (text, reading) in readings {
        let read = reading.await.unwrap();
        right += usize::from(read == text);
        if read != text {
            println!("{text} was read as {read:?}");
        }
    }
    println!("{right} of {TRIES} were read");
    assert!(
        right * 100 >= TRIES * 60,
        "only {right} of {TRIES} were read"
    );
}

#[tokio::test]
async fn the_picture_has_the_portals_size() {
    let portal = portal().await;
    let visitor = Visitor::new(&portal);
    let id = visitor.captcha_id().await;
    let png = visitor
        .get(&format!("/DefaultCaptcha/Generate?t={id}"))
        .await
        .bytes()
        .await
        .unwrap();
    let picture = image::load_from_memory(&png).unwrap();
    assert_eq!((picture.width(), picture.height()), (129, 45));
}

fn read(png: &[u8]) -> String {
    let grey = image::load_from_memory(png).unwrap().to_luma8();
    let mut ink = threshold(&grey, 150);
    drop_specks(&mut ink, 12);
    let framed = framed(&ink);
    let (width, height) = framed.dimensions();
    let large = resize(&framed, width * 4, height * 4, FilterType::CatmullRom);
    let mut bytes = Cursor::new(Vec::new());
    large.write_to(&mut bytes, ImageFormat::Png).unwrap();
    tesseract(bytes.get_ref())
}

/// A white frame: the reader wants room around the letters.
fn framed(ink: &GrayImage) -> GrayImage {
    let mut frame = GrayImage::from_pixel(ink.width() + 20, ink.height() + 20, Luma([255]));
    overlay(&mut frame, ink, 10, 10);
    frame
}

fn threshold(grey: &GrayImage, limit: u8) -> GrayImage {
    GrayImage::from_fn(grey.width(), grey.height(), |x, y| {
        Luma([if grey.get_pixel(x, y).0[0] < limit {
            0
        } else {
            255
        }])
    })
}

/// Whitens dark areas of fewer pixels than a letter has.
fn drop_specks(ink: &mut GrayImage, fewest: usize) {
    let (width, height) = ink.dimensions();
    let mut seen = vec![false; (width * height) as usize];
    for start in 0..width * height {
        let mut area = Vec::new();
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            let (x, y) = (at % width, at / width);
            if seen[at as usize] || ink.get_pixel(x, y).0[0] != 0 {
                continue;
            }
            seen[at as usize] = true;
            area.push((x, y));
            for (near_x, near_y) in neighbours(x, y, width, height) {
                open.push(near_y * width + near_x);
            }
        }
        if area.len() < fewest {
            for (x, y) in area {
                ink.put_pixel(x, y, Luma([255]));
            }
        }
    }
}

fn neighbours(x: u32, y: u32, width: u32, height: u32) -> impl Iterator<Item = (u32, u32)> {
    let xs = x.saturating_sub(1)..=(x + 1).min(width - 1);
    xs.flat_map(move |near_x| {
        (y.saturating_sub(1)..=(y + 1).min(height - 1)).map(move |near_y| (near_x, near_y))
    })
}

fn tesseract(png: &[u8]) -> String {
    let mut child = Command::new("tesseract")
        .args(["-", "-", "--psm", "7"])
        .args(["-c", "tessedit_char_whitelist=ABCDEFGHIJKLMNOPQRSTUVWXYZ"])
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("tesseract is installed");
    child.stdin.take().unwrap().write_all(png).unwrap();
    let output = child.wait_with_output().unwrap();
    String::from_utf8_lossy(&output.stdout)
        .chars()
        .filter(char::is_ascii_uppercase)
        .collect()
}

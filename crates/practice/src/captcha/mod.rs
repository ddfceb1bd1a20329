//! The login captcha: four capital letters as a picture of our own drawing.

mod book;
mod draw;
mod font;

pub(crate) use book::CaptchaBook;
pub(crate) use draw::draw;

//! Numbers, and what they become. No digit is lost and none is made up.

use serde_json::Value;

use super::convert::{as_text, wrong_kind};
use crate::mapping::{
    model::{Kind, Scale},
    value::{Decimal, Found},
};

/// The value as this kind.
pub(super) fn to_kind(found: &Found<'_>, kind: Kind) -> Result<Value, String> {
    match kind {
        Kind::Text => as_text(found)
            .map(Value::from)
            .ok_or_else(|| wrong_kind(found)),
        Kind::Boolean => match found {
            Found::Boolean(value) => Ok((*value).into()),
            Found::Text("true") => Ok(true.into()),
            Found::Text("false") => Ok(false.into()),
            _ => Err(wrong_kind(found)),
        },
        Kind::Number | Kind::Integer => number(found).and_then(|number| written(number, kind)),
    }
}

/// The number in other units, as this kind.
pub(super) fn scaled(found: &Found<'_>, scale: Scale, kind: Kind) -> Result<Value, String> {
    let number = number(found)?;
    let scaled = match scale {
        Scale::Multiply(factor) => number.times(factor).ok_or_else(too_long),
        Scale::Divide(divisor) => number
            .over(divisor)
            .ok_or_else(|| format!("cannot be divided by {divisor} without a rest")),
    };
    scaled.and_then(|number| written(number, kind))
}

fn number(found: &Found<'_>) -> Result<Decimal, String> {
    match found {
        Found::Number(number) => Ok(*number),
        Found::Text(text) if is_plain(text) => Decimal::parse(text).ok_or_else(too_long),
        Found::Text(text) if has_zeros_in_front(text) => {
            Err("begins with zeros, which a number would lose".to_owned())
        }
        Found::Text(text) if !text.is_empty() => {
            Err("is a text that is not written as a number".to_owned())
        }
        _ => Err(wrong_kind(found)),
    }
}

fn written(number: Decimal, kind: Kind) -> Result<Value, String> {
    match kind {
        Kind::Integer => number
            .whole()
            .map(Value::from)
            .ok_or_else(|| "is not a whole number of 18 digits or less".to_owned()),
        Kind::Text => Ok(number.to_string().into()),
        Kind::Number | Kind::Boolean => number.to_number().map(Value::from).ok_or_else(|| {
            "has more digits than a number can keep (a text can: `as: text`)".to_owned()
        }),
    }
}

fn too_long() -> String {
    "has more digits than a number can keep".to_owned()
}

/// Digits, one point at most, a minus at most: no separators, no exponent, no zeros in front.
fn is_plain(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let plain = |c: char| c.is_ascii_digit() || c == '.';
    let points = unsigned.matches('.').count();
    unsigned.starts_with(|c: char| c.is_ascii_digit())
        && unsigned.ends_with(|c: char| c.is_ascii_digit())
        && unsigned.chars().all(plain)
        && points <= 1
        && !has_zeros_in_front(text)
}

/// A number that begins with zeros is a code, such as a pin code.
fn has_zeros_in_front(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let rest = unsigned.strip_prefix('0');
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

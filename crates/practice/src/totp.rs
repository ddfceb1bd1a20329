//! One-time codes that are made of a secret and the time: RFC 6238 with SHA-1, six digits and steps of 30 s.

use std::collections::{HashMap, HashSet};

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha1::Sha1;

use crate::options::User;
use crate::world::World;

const STEP_S: i64 = 30;

/// What codes are made of.
pub(crate) struct Secret(Vec<u8>);

/// The codes that were accepted, by user and step of time. Each is good once (RFC 6238, section 5.2).
#[derive(Default)]
pub(crate) struct UsedCodes(HashMap<String, HashSet<i64>>);

impl Secret {
    /// Reads base32 (RFC 4648) as authenticators take it: in either case, with or without spaces and padding.
    pub(crate) fn read(base32: &str) -> Option<Self> {
        let (mut bytes, mut bits, mut bit_count) = (Vec::new(), 0_u32, 0);
        for letter in base32.trim_end_matches('=').chars() {
            if letter == ' ' {
                continue;
            }
            bits = (bits << 5) | u32::from(value(letter)?);
            bit_count += 5;
            if bit_count >= 8 {
                bit_count -= 8;
                bytes.push(u8::try_from((bits >> bit_count) & 0xff).ok()?);
            }
        }
        (!bytes.is_empty()).then_some(Self(bytes))
    }

    /// The code of a step of time.
    fn code(&self, step: i64) -> Option<String> {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.0).ok()?;
        mac.update(&step.to_be_bytes());
        let hash = mac.finalize().into_bytes();
        // RFC 4226, section 5.3: the last four bits say where the number begins.
        let at = usize::from(hash.last()? & 0xf);
        let number = u32::from_be_bytes(hash.get(at..at + 4)?.try_into().ok()?) & 0x7fff_ffff;
        Some(format!("{:06}", number % 1_000_000))
    }
}

fn value(letter: char) -> Option<u8> {
    let letter = u8::try_from(letter.to_ascii_uppercase()).ok()?;
    match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'2'..=b'7' => Some(letter - b'2' + 26),
        _ => None,
    }
}

/// The present step first, then one step of drift either way.
fn steps_at(now: Timestamp) -> [i64; 3] {
    let step = now.as_second().div_euclid(STEP_S);
    [step, step + 1, step - 1]
}

impl UsedCodes {
    fn has(&self, user: &str, step: i64) -> bool {
        self.0.get(user).is_some_and(|spent| spent.contains(&step))
    }

    /// The step whose code this is, if it is good now.
    fn step_of(&self, user: &str, secret: &Secret, code: &str, now: Timestamp) -> Option<i64> {
        let steps = steps_at(now).into_iter();
        let mut good = steps.filter(|step| !self.has(user, *step));
        good.find(|step| secret.code(*step).as_deref() == Some(code))
    }

    fn spend(&mut self, user: &str, step: i64) {
        let spent = self.0.entry(user.to_owned()).or_default();
        spent.insert(step);
        // Those that are too old to be accepted need not be remembered.
        spent.retain(|old| *old >= step - 2);
    }
}

impl World {
    /// Whether this is the right one-time code. A code that depends on the time is used up by being right.
    pub(crate) fn take_code(&self, user: &str, code: &str, now: Timestamp) -> bool {
        let Some(secret) = self.user(user).and_then(User::totp) else {
            return code == self.options.otp;
        };
        let mut inner = self.lock();
        let step = inner.used_codes.step_of(user, &secret, code, now);
        if let Some(step) = step {
            inner.used_codes.spend(user, step);
        }
        step.is_some()
    }

    /// A code that would be right now.
    pub(crate) fn good_code(&self, user: &str, now: Timestamp) -> Option<String> {
        let Some(secret) = self.user(user)?.totp() else {
            return Some(self.options.otp.clone());
        };
        let inner = self.lock();
        let mut steps = steps_at(now).into_iter();
        let step = steps.find(|step| !inner.used_codes.has(user, *step))?;
        secret.code(step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // "12345678901234567890" and the table of RFC 6238, appendix B, whose codes have eight digits.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    const TABLE: [(i64, &str); 6] = [
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ];

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_rfc() {
        let secret = Secret::read(SECRET).unwrap();
        assert_eq!(secret.0, b"12345678901234567890");
        for (second, code) in TABLE {
            let [step, ..] = steps_at(at(second));
            assert_eq!(secret.code(step).as_deref(), Some(&code[2..]));
        }
    }

    #[test]
    fn a_secret_is_read_as_people_write_it() {
        for text in [
            "JBSW Y3DP EHPK 3PXP",
            "jbswy3dpehpk3pxp",
            "JBSWY3DPEHPK3PXP====",
        ] {
            assert_eq!(Secret::read(text).unwrap().0, b"Hello!\xde\xad\xbe\xef");
        }
        for text in ["", "=", "JBSW1", "JBSW-Y3DP", "ÄÖ"] {
            assert!(Secret::read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn one_step_of_drift_is_accepted_and_each_code_once() {
        let secret = Secret::read(SECRET).unwrap();
        let mut used = UsedCodes::default();
        let now = at(1_234_567_890);
        let [step, ..] = steps_at(now);
        for (drift, good) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let code = secret.code(step + drift).unwrap();
            let found = used.step_of("u", &secret, &code, now);
            assert_eq!(found.is_some(), good, "a drift of {drift}");
            if let Some(step) = found {
                used.spend("u", step);
                assert_eq!(used.step_of("u", &secret, &code, now), None);
                assert_eq!(used.step_of("v", &secret, &code, now), Some(step));
            }
        }
    }
}

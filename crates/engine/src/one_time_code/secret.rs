//! The secret that an authenticator shares with the portal, and the codes that are made of it (RFC 4226, RFC 6238).

use std::fmt;

use formhand_domain::Secret;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use thiserror::Error;

/// What one-time codes are made of. Its `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSecret(Vec<u8>);

/// A text is no such secret. The text is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "it is not base32: expected letters and the digits 2 to 7, such as \"JBSW Y3DP EHPK 3PXP\""
)]
pub struct TotpSecretError;

impl TotpSecret {
    /// Reads base32 (RFC 4648) as portals show it: in either case, with or without spaces and padding.
    pub fn read(base32: &Secret) -> Result<Self, TotpSecretError> {
        let letters = base32.expose().chars().filter(|c| !c.is_whitespace());
        let letters: String = letters.collect();
        let (mut bytes, mut bits, mut bit_count) = (Vec::new(), 0_u32, 0);
        for letter in letters.trim_end_matches('=').chars() {
            bits = (bits << 5) | value(letter).ok_or(TotpSecretError)?;
            bit_count += 5;
            if bit_count >= 8 {
                bit_count -= 8;
                let [.., byte] = (bits >> bit_count).to_be_bytes();
                bytes.push(byte);
            }
        }
        if bytes.is_empty() {
            return Err(TotpSecretError);
        }
        Ok(Self(bytes))
    }

    /// The code of a counter. More digits than ten have leading zeros.
    pub(super) fn code(&self, counter: u64, digits: usize) -> Secret {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.0).expect("a key of any length will do");
        mac.update(&counter.to_be_bytes());
        let hash: [u8; 20] = mac.finalize().into_bytes().into();
        // RFC 4226, section 5.3: the last four bits say where the number begins, and its first bit is no part of it.
        let at = usize::from(hash[19] & 0xf);
        let number = [hash[at], hash[at + 1], hash[at + 2], hash[at + 3]];
        let number = format!("{:0digits$}", u32::from_be_bytes(number) & 0x7fff_ffff);
        Secret::new(&number[number.len() - digits..])
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(…)")
    }
}

/// What a letter stands for.
fn value(letter: char) -> Option<u32> {
    match letter.to_ascii_uppercase() {
        letter @ 'A'..='Z' => Some(u32::from(letter) - u32::from('A')),
        digit @ '2'..='7' => Some(u32::from(digit) - u32::from('2') + 26),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<TotpSecret, TotpSecretError> {
        TotpSecret::read(&Secret::new(text))
    }

    /// "12345678901234567890", the secret of both RFCs.
    fn secret() -> TotpSecret {
        read("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap()
    }

    #[test]
    fn codes_of_a_counter_are_those_of_rfc_4226() {
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583",
            "399871", "520489",
        ];
        for (code, counter) in codes.into_iter().zip(0..) {
            assert_eq!(secret().code(counter, 6).expose(), code);
        }
    }

    #[test]
    fn codes_of_a_time_are_those_of_rfc_6238() {
        let table = [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ];
        for (second, code) in table {
            for digits in 6..=8 {
                let made = secret().code(second / 30, digits);
                assert_eq!(made.expose(), &code[8 - digits..]);
            }
        }
    }

    #[test]
    fn a_secret_is_read_as_portals_show_it() {
        for text in [
            "JBSW Y3DP EHPK 3PXP",
            "jbswy3dpehpk3pxp",
            "JBSWY3DPEHPK3PXP====\n",
        ] {
            assert_eq!(read(text).unwrap().0, b"Hello!\xde\xad\xbe\xef");
        }
        for text in ["", " ", "=", "A", "JBSW1", "JBSW-Y3DP", "ÄÖ", "JB=SW"] {
            assert_eq!(read(text), Err(TotpSecretError), "{text}");
        }
    }

    #[test]
    fn kf43_a_secret_and_its_codes_do_not_show_themselves() {
        let shown = format!("{:?} {:?}", secret(), secret().code(1, 6));
        assert_eq!(shown, "TotpSecret(…) Secret(…)");
        let shown = format!("{TotpSecretError:?} {TotpSecretError}");
        assert!(!shown.contains("GEZD"), "{shown}");
    }
}

//! Where a list of deliveries goes on, as text.

use formhand_store::DeliveryCursor;
use jiff::Timestamp;

/// What a client hands back.
pub(super) fn shown(cursor: &DeliveryCursor) -> String {
    format!("{}-{}", cursor.made_at.as_microsecond(), cursor.id)
}

/// What a client was given before.
pub(super) fn read(text: &str) -> Option<DeliveryCursor> {
    let (at, id) = text.split_once('-')?;
    let made_at = Timestamp::from_microsecond(at.parse().ok()?).ok()?;
    let is_id = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    (id.len() <= 80 && id.bytes().all(is_id)).then(|| DeliveryCursor {
        made_at,
        id: id.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_is_shown_and_nothing_else_is_one() {
        let cursor = DeliveryCursor {
            made_at: Timestamp::from_microsecond(1_767_603_600_000_001).unwrap(),
            id: "msg_0000000000000007_ab".to_owned(),
        };
        assert_eq!(read(&shown(&cursor)), Some(cursor));
        for wrong in [
            "",
            "-",
            "x-msg_1",
            "17",
            "17-msg 1",
            "99999999999999999999-msg_1",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}

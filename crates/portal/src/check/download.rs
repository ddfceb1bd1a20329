//! Documents that the portal makes.

use super::{Checker, place::Place};
use crate::{
    diagnostic::Span,
    model::{DocumentType, Download, DownloadFrom},
    parse::Spanned,
    raw,
};

/// Larger than any document that a portal makes of a form, and no danger to a disk.
const AT_MOST_BYTES: u64 = 50_000_000;

/// As long as a name is kept.
const LONGEST_NAME: usize = 80;

impl Checker<'_> {
    pub(super) fn download(
        &self,
        raw: &Spanned<raw::Download>,
        place: &Place<'_>,
    ) -> Option<Download> {
        let Spanned { span, value } = raw;
        if place.logs_in() {
            return self.error(*span, "a login keeps no document", "put it into a flow");
        }
        let name = match &value.name {
            Some(name) => Some(self.file_name(name.span, &name.value)?),
            None => None,
        };
        let from = match (&value.click, &value.goto) {
            (Some(at), None) => DownloadFrom::Click(self.target(at)?),
            (None, Some(url)) => DownloadFrom::Goto(self.address(url, place)?),
            _ => {
                return self.error(
                    *span,
                    "expected one way to the document",
                    "exactly one of: click, goto",
                );
            }
        };
        let kind = value.kind.map(|kind| match kind {
            raw::DocumentType::Pdf => DocumentType::Pdf,
            raw::DocumentType::Png => DocumentType::Png,
            raw::DocumentType::Jpeg => DocumentType::Jpeg,
            raw::DocumentType::Zip => DocumentType::Zip,
        });
        Some(Download {
            from,
            name,
            kind,
            at_most_bytes: value.at_most.map_or(AT_MOST_BYTES, |size| size.0),
        })
    }

    /// A name that every file system takes, without a value in it: names are seen where documents are not.
    fn file_name(&self, span: Span, name: &str) -> Option<String> {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let ends = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let sound = name.chars().all(plain)
            && ends(name.chars().next())
            && ends(name.chars().next_back())
            && name.len() <= LONGEST_NAME;
        if sound {
            return Some(name.to_owned());
        }
        self.error(
            span,
            format!("{name:?} is not a name for a document"),
            "letters, digits, `-`, `_` and `.`, without values, such as schedule.pdf",
        )
    }
}

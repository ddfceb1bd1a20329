//! The proof that is kept of a job: pictures, logs and documents.

use formhand_evidence::Kind;
use maud::{Markup, html};

use crate::http::FileView;

/// All that is kept.
pub(super) fn sheet(kept: &[FileView]) -> Markup {
    let (pictures, files): (Vec<&FileView>, Vec<&FileView>) =
        kept.iter().partition(|file| file.kind == Kind::Picture);
    html! {
        section.sheet aria-labelledby="evidence-title" {
            h2 #evidence-title { "Evidence" }
            @if kept.is_empty() {
                p.quiet { "None is kept." }
            }
            @if !pictures.is_empty() {
                ul.pictures {
                    @for file in pictures {
                        li data-key=(file.path) {
                            a href=(file.address) { img src=(file.address) alt=(name(file)) loading="lazy"; }
                            div.small { (name(file)) }
                        }
                    }
                }
            }
            @if !files.is_empty() {
                ul {
                    @for file in files {
                        li data-key=(file.path) { a href=(file.address) { (name(file)) } }
                    }
                }
            }
        }
    }
}

/// The file of this path, as long as it is kept.
pub(super) fn find<'a>(kept: &'a [FileView], path: &str) -> Option<&'a FileView> {
    kept.iter().find(|file| file.path == path)
}

/// What a person calls a file: `Attempt 2: failure.png`.
pub(super) fn name(file: &FileView) -> String {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    format!("Attempt {}: {name}", file.attempt)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn a_file_is_called_by_its_attempt_and_its_own_name() {
        let file = FileView {
            path: "JOB/2/documents/a b?.pdf".to_owned(),
            address: String::new(),
            attempt: 2,
            kind: Kind::Document,
            media_type: String::new(),
            size_bytes: 1,
            written_at: Timestamp::UNIX_EPOCH,
        };
        assert_eq!(name(&file), "Attempt 2: a b?.pdf");
    }
}

//! The proof that is kept of a job: pictures, logs and documents.

use std::path::Path;

use formhand_domain::JobId;
use maud::{Markup, html};
use url::Url;

use crate::http::JobView;

/// All that is kept.
pub(super) fn sheet(job: &JobView) -> Markup {
    let kept = job.evidence.as_deref().unwrap_or_default();
    let (pictures, files): (Vec<&String>, Vec<&String>) =
        kept.iter().partition(|path| is_picture(path));
    html! {
        section.sheet aria-labelledby="evidence-title" {
            h2 #evidence-title { "Evidence" }
            @if kept.is_empty() {
                p.quiet { "None is kept." }
            }
            @if !pictures.is_empty() {
                ul.pictures {
                    @for path in pictures {
                        @let address = address(job.id, path);
                        li data-key=(path) {
                            a href=(address) { img src=(address) alt=(name(path)) loading="lazy"; }
                            div.small { (name(path)) }
                        }
                    }
                }
            }
            @if !files.is_empty() {
                ul {
                    @for path in files {
                        li data-key=(path) { a href=(address(job.id, path)) { (name(path)) } }
                    }
                }
            }
        }
    }
}

/// Where a file is served.
pub(super) fn address(job: JobId, path: &str) -> String {
    let job = job.to_string();
    let within = path.strip_prefix(&job).unwrap_or(path);
    let parts = within.split('/').filter(|part| !part.is_empty());
    // Any base will do: only the path is taken, with every sign of it that means something written otherwise.
    let encoded = Url::parse("http://localhost/").ok().map(|mut url| {
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(parts);
        }
        url.path().to_owned()
    });
    format!("/api/jobs/{job}/evidence{}", encoded.unwrap_or_default())
}

/// What a person calls a file: `Attempt 2: failure.png`.
pub(super) fn name(path: &str) -> String {
    let mut parts = path.split('/').skip(1);
    let attempt = parts.next().unwrap_or_default();
    let file = parts.last().unwrap_or_default();
    format!("Attempt {attempt}: {file}")
}

/// Only what was painted here is a picture to be shown; a document that calls itself one is a file.
fn is_picture(path: &str) -> bool {
    let is_png = Path::new(path)
        .extension()
        .is_some_and(|ending| ending == "png");
    is_png && !path.contains("/documents/")
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn an_address_holds_only_what_an_address_may() {
        let job = JobId::new(Timestamp::UNIX_EPOCH, 1);
        let path = format!("{job}/2/documents/a b?.pdf");
        assert_eq!(
            address(job, &path),
            format!("/api/jobs/{job}/evidence/2/documents/a%20b%3F.pdf")
        );
        assert_eq!(name(&path), "Attempt 2: a b?.pdf");
        assert!(!is_picture(&format!("{job}/2/documents/x.png")));
        assert!(is_picture(&format!("{job}/2/failure.png")));
    }
}

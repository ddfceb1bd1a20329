//! `download`: keeps a document that the portal makes, if it is whole and what it should be.

use std::path::Path;

use formhand_browser::{ActionKind, Deadline, DownloadError, Downloaded, Frame};
use formhand_domain::{Failure, FailureCode};
use formhand_portal::{DocumentType, Download, DownloadFrom};
use tokio::{fs::File, io::AsyncReadExt};

use super::{
    super::{Run, Stop, translate},
    goto::action,
};

pub(crate) async fn download(
    run: &mut Run,
    frame: &Frame,
    rule: &Download,
    deadline: Deadline,
) -> Result<(), Stop> {
    let Some(documents) = run.documents.clone() else {
        let message = "only a job keeps documents";
        return Err(Stop::failed(FailureCode::DefinitionError, message));
    };
    let downloaded = come(run, frame, rule, deadline).await?;
    let start = start_of(&downloaded.file).await.map_err(not_kept)?;
    if let Some(wrong) = wrong_content(rule.kind, &start) {
        return Err(Stop::failed(FailureCode::PortalFault, wrong));
    }
    let kept = documents.keep(rule.name.as_deref(), &downloaded.name, &downloaded.file);
    kept.await.map_err(not_kept)?;
    // Not its name: the portal may have put a customer into it.
    tracing::info!(job = %documents.job, size_bytes = downloaded.size_bytes, "kept a document");
    Ok(())
}

/// Gets the document as far as the browser.
async fn come(
    run: &Run,
    frame: &Frame,
    rule: &Download,
    deadline: Deadline,
) -> Result<Downloaded, Stop> {
    let coming = run.context.await_download(rule.at_most_bytes).await?;
    match &rule.from {
        DownloadFrom::Click(at) => {
            frame
                .act(&[action(at, ActionKind::Click)], deadline)
                .await?;
        }
        DownloadFrom::Goto(url) => {
            let url = translate::absolute(&run.portal.base, &url.render(&run.scope)?)?;
            coming.open(&run.page, url.as_str(), deadline).await?;
        }
    }
    Ok(coming.whole(deadline).await?)
}

fn not_kept(error: impl std::fmt::Display) -> Stop {
    let message = format!("the document could not be kept: {error}");
    Stop::failed(FailureCode::Internal, message)
}

/// More than any sign of a type needs, and enough to tell a page.
const START_BYTES: u64 = 512;

async fn start_of(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::new();
    let file = File::open(file).await?;
    file.take(START_BYTES).read_to_end(&mut start).await?;
    Ok(start)
}

/// What is wrong with a document that begins so. Its content is not told.
fn wrong_content(kind: Option<DocumentType>, start: &[u8]) -> Option<String> {
    if start.is_empty() {
        return Some("the document is empty".to_owned());
    }
    let (signs, what): (&[&[u8]], _) = match kind? {
        DocumentType::Pdf => (&[b"%PDF-"], "a PDF"),
        DocumentType::Png => (&[b"\x89PNG\r\n\x1a\n"], "a PNG"),
        DocumentType::Jpeg => (&[b"\xff\xd8\xff"], "a JPEG"),
        DocumentType::Zip => (&[b"PK\x03\x04", b"PK\x05\x06"], "a ZIP"),
    };
    if signs.iter().any(|sign| start.starts_with(sign)) {
        return None;
    }
    let text = String::from_utf8_lossy(start).to_ascii_lowercase();
    let page = ["<!doctype html", "<html"];
    let is_page = page.iter().any(|sign| text.trim_start().starts_with(sign));
    let instead = if is_page {
        "a web page"
    } else {
        "something else"
    };
    Some(format!("the document should be {what} and is {instead}"))
}

impl From<DownloadError> for Stop {
    fn from(error: DownloadError) -> Self {
        let code = match error {
            DownloadError::Open(error) => return error.into(),
            DownloadError::TimedOut { .. } => FailureCode::StepTimedOut,
            DownloadError::Cut { .. } => FailureCode::Network,
            DownloadError::Page { .. } | DownloadError::TooLarge { .. } => FailureCode::PortalFault,
            DownloadError::BrowserGone => FailureCode::BrowserCrashed,
            _ => FailureCode::Internal,
        };
        let mut failure = Failure::new(code, error.to_string());
        // It will be as large the next time.
        failure.retryable &= !matches!(error, DownloadError::TooLarge { .. });
        failure.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_judged_by_how_it_begins() {
        use DocumentType::{Jpeg, Pdf, Png, Zip};
        let said = |kind, start: &[u8]| wrong_content(kind, start).unwrap_or_default();
        assert_eq!(said(Some(Pdf), b"%PDF-1.4\n"), "");
        assert_eq!(said(Some(Zip), b"PK\x03\x04..."), "");
        assert_eq!(said(Some(Png), b"\x89PNG\r\n\x1a\n..."), "");
        assert_eq!(said(Some(Jpeg), b"\xff\xd8\xff\xe0"), "");
        assert_eq!(said(None, b"anything"), "");
        assert_eq!(said(None, b""), "the document is empty");
        assert_eq!(
            said(Some(Pdf), b"\r\n<!DOCTYPE html><p>Sorry, Asha"),
            "the document should be a PDF and is a web page"
        );
        assert_eq!(
            said(Some(Jpeg), b"%PDF-1.4"),
            "the document should be a JPEG and is something else"
        );
    }
}

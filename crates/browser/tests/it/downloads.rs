//! Downloads: refused, but for the one that is waited for, which comes whole or not at all.

use std::path::{Path, PathBuf};

use formhand_browser::{
    Browser, ContextOptions, Deadline, DownloadError, Downloaded, Kind, Launch, PageError, Profile,
};

use crate::support::{ALL, Opened, Site, briefly, click, launch, shell, soon};

const PDF: &[(&str, &str)] = &[
    ("content-type", "application/pdf"),
    (
        "content-disposition",
        "attachment; filename=\"schedule.pdf\"",
    ),
];
const LIMIT: u64 = 1_000_000;

/// A site with links to files.
async fn site() -> Site {
    let site = Site::start().await;
    site.page(
        "/",
        "<a id=file href=/file>file</a> <a id=tab target=_blank href=/file>tab</a> <a id=marked download href=/inline>marked</a>
         <a id=inline href=/inline>inline</a> <a id=hostile href=/hostile>hostile</a> <a id=stalls href=/stalls>stalls</a>
         <a id=breaks href=/breaks>breaks</a> <button id=both onclick=\"location='/file'; setTimeout(() => location='/second', 50)\">both</button>
         <a id=packed href=/packed>packed</a> <a id=page href=/page>page</a>",
    );
    site.answer("/file", 200, PDF, "%PDF-1.4 whole");
    site.answer("/second", 200, PDF, "%PDF-1.4 second");
    site.answer("/inline", 200, &PDF[..1], "%PDF-1.4 inline");
    site.page("/page", "a page");
    let hostile = (
        "content-disposition",
        "attachment; filename=\"../../.ssh/../x\\\\y.pdf\"",
    );
    site.answer("/hostile", 200, &[PDF[0], hostile], "%PDF-1.4 hostile");
    site
}

async fn opened() -> Opened {
    Opened::at(site().await, ContextOptions::default()).await
}

async fn by_click(
    opened: &Opened,
    at: &str,
    deadline: Deadline,
) -> Result<Downloaded, DownloadError> {
    let coming = opened.context.await_download(LIMIT).await?;
    opened
        .main()
        .act(&[click(at)], soon())
        .await
        .expect("it is clicked");
    coming.whole(deadline).await
}

fn content(downloaded: &Downloaded) -> String {
    std::fs::read_to_string(&downloaded.file).expect("it is there")
}

/// The folders that lie in a browser's profile for downloads.
fn folders(profile: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(profile).expect("the profile is there");
    let paths = entries.flatten().map(|entry| entry.path());
    let is_one = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default();
        name.to_string_lossy().starts_with("download-")
    };
    paths.filter(is_one).collect()
}

/// How many files lie there.
fn left(profile: &Path) -> usize {
    let files = folders(profile)
        .into_iter()
        .flat_map(|folder| std::fs::read_dir(folder).expect("it is there"));
    files.count()
}

#[tokio::test]
async fn the_download_that_is_waited_for_comes_whole_whatever_starts_it() {
    let opened = opened().await;
    for (at, expected) in [
        ("#file", "%PDF-1.4 whole"),
        ("#tab", "%PDF-1.4 whole"),
        ("#marked", "%PDF-1.4 inline"),
    ] {
        let downloaded = by_click(&opened, at, soon())
            .await
            .unwrap_or_else(|error| panic!("{at}: {error}"));
        assert_eq!(content(&downloaded), expected, "{at}");
        assert_eq!(downloaded.size_bytes, expected.len() as u64);
        let file = downloaded.file.clone();
        drop(downloaded);
        assert!(!file.exists(), "{at}");
    }
    let coming = opened
        .context
        .await_download(LIMIT)
        .await
        .expect("one may come");
    coming
        .open(&opened.page, &opened.site.url("/file"), soon())
        .await
        .expect("it begins");
    let downloaded = coming.whole(soon()).await.expect("it comes");
    assert_eq!(
        (content(&downloaded).as_str(), downloaded.name.as_str()),
        ("%PDF-1.4 whole", "schedule.pdf")
    );
    // The page is where it was.
    assert_eq!(opened.page.url(), opened.site.url("/"));
    opened.end().await;
}

#[tokio::test]
async fn a_document_that_a_browser_could_show_comes_as_a_file() {
    for kind in ALL {
        let folder = tempfile::tempdir().expect("a folder");
        let profile = Profile::Persistent(folder.path().join("profile"));
        let browser = Launch {
            profile,
            ..launch(kind)
        }
        .start()
        .await
        .expect("it starts");
        let opened = Opened::on(browser, site().await, ContextOptions::default()).await;
        let downloaded = by_click(&opened, "#inline", soon())
            .await
            .unwrap_or_else(|error| panic!("{kind:?}: {error}"));
        assert_eq!(content(&downloaded), "%PDF-1.4 inline", "{kind:?}");
        drop(downloaded);
        assert_eq!(left(&folder.path().join("profile")), 0);
        opened.end().await;
    }
}

#[tokio::test]
async fn nothing_comes_that_is_not_waited_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let browser = at(folder.path()).await;
    let opened = Opened::on(browser, site().await, ContextOptions::default()).await;
    let address = opened.site.url("/file");
    // Before the first one that may come, and after it.
    for count in 1..=2 {
        let refused = opened.page.goto(&address, soon()).await;
        assert!(
            matches!(refused, Err(PageError::NotReached { .. })),
            "{refused:?}"
        );
        let downloaded = by_click(&opened, "#both", soon())
            .await
            .expect("the first comes");
        // If the first is slow to be one, the second takes its place in the page.
        let content = content(&downloaded);
        assert!(["%PDF-1.4 whole", "%PDF-1.4 second"].contains(&content.as_str()));
        opened.site.arrived("/second", count).await;
    }
    opened.context.close().await.expect("it closes");
    assert_eq!(folders(folder.path()), [""; 0].map(PathBuf::from));
    opened.end().await;
}

#[tokio::test]
async fn the_download_of_another_context_is_not_the_one_that_is_waited_for() {
    let opened = opened().await;
    let other = ContextOptions {
        origins: vec![opened.site.origin()],
        ..ContextOptions::default()
    };
    let other = opened.browser.context(other).await.expect("a context");
    let coming = opened
        .context
        .await_download(LIMIT)
        .await
        .expect("one may come");
    let page = other.page().await.expect("a page");
    assert!(page.goto(&opened.site.url("/file"), soon()).await.is_err());
    let error = coming
        .whole(briefly())
        .await
        .err()
        .expect("it is the other context's");
    assert_eq!(
        error.to_string(),
        "time out waiting for a download to begin"
    );
    opened.end().await;
}

async fn at(profile: &Path) -> Browser {
    let launch = Launch {
        profile: Profile::Persistent(profile.to_owned()),
        ..launch(Kind::StillShell)
    };
    launch.start().await.expect("it starts")
}

#[tokio::test]
async fn half_a_file_is_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let opened = Opened::on(
        at(folder.path()).await,
        site().await,
        ContextOptions::default(),
    )
    .await;
    let error = by_click(&opened, "#stalls", briefly())
        .await
        .err()
        .expect("it never ends");
    assert_eq!(
        error.to_string(),
        "time out waiting for the rest of a download: 4096 of 8192 bytes have come"
    );
    let error = by_click(&opened, "#breaks", soon())
        .await
        .err()
        .expect("it is cut");
    assert!(matches!(error, DownloadError::Cut { .. }), "{error}");
    // And the next one comes.
    by_click(&opened, "#file", soon()).await.expect("it comes");
    opened.context.close().await.expect("it closes");
    assert_eq!(folders(folder.path()), [""; 0].map(PathBuf::from));
    opened.end().await;
}

#[tokio::test]
async fn a_file_that_is_too_large_is_broken_off() {
    let opened = opened().await;
    let big = "x".repeat(300_000);
    opened.site.answer("/file", 200, PDF, &big);
    let coming = opened
        .context
        .await_download(200_000)
        .await
        .expect("one may come");
    opened
        .main()
        .act(&[click("#file")], soon())
        .await
        .expect("it is clicked");
    let error = coming.whole(soon()).await.err().expect("it is too large");
    assert_eq!(
        error.to_string(),
        "the download is larger than 200000 bytes"
    );
    opened.end().await;
}

#[tokio::test]
async fn a_page_in_the_place_of_a_download_is_told_from_it() {
    let opened = opened().await;
    let coming = opened
        .context
        .await_download(LIMIT)
        .await
        .expect("one may come");
    assert!(matches!(
        opened.context.await_download(LIMIT).await,
        Err(DownloadError::Busy)
    ));
    let opening = coming
        .open(&opened.page, &opened.site.url("/page"), soon())
        .await;
    let error = opening.expect_err("it is a page");
    assert_eq!(
        error.to_string(),
        "a page came in the place of a download (status 200)"
    );
    drop(coming);
    let home = opened.site.url("/");
    opened.page.goto(&home, soon()).await.expect("it loads");
    let error = by_click(&opened, "#page", briefly())
        .await
        .err()
        .expect("it is a page");
    assert_eq!(
        error.to_string(),
        "time out waiting for a download to begin"
    );
    opened.end().await;
}

#[tokio::test]
async fn kf21_the_name_of_a_file_is_chromiums_whatever_the_server_says() {
    let opened = opened().await;
    let downloaded = by_click(&opened, "#hostile", soon())
        .await
        .expect("it comes");
    let name = downloaded
        .file
        .file_name()
        .expect("a name")
        .to_string_lossy();
    assert!(name.len() == 36 && !name.contains("pdf"), "{name}");
    assert_eq!(content(&downloaded), "%PDF-1.4 hostile");
    opened.end().await;
}

#[tokio::test]
async fn what_is_packed_on_its_way_is_whole_all_the_same() {
    let opened = Opened::on(shell().await, site().await, ContextOptions::default()).await;
    opened.site.answer(
        "/packed",
        200,
        &[PDF[0], PDF[1], ("content-encoding", "gzip")],
        PACKED,
    );
    let downloaded = by_click(&opened, "#packed", soon())
        .await
        .expect("it comes");
    assert_eq!(content(&downloaded), "%PDF-1.4 packed");
    opened.end().await;
}

/// `%PDF-1.4 packed`, by gzip.
const PACKED: &[u8] = &[
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xff, 0x53, 0x0d, 0x70, 0x71, 0xd3, 0x35,
    0xd4, 0x33, 0x51, 0x28, 0x48, 0x4c, 0xce, 0x4e, 0x4d, 0x01, 0x00, 0x0d, 0xa2, 0xf4, 0x37, 0x0f,
    0x00, 0x00, 0x00,
];

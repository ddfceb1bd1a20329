//! Copies a profile: `profile-copier FROM TO`. Only for the tests of what is left when a copy is killed.

use std::path::PathBuf;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths = std::env::args_os().skip(1).map(PathBuf::from);
    let (from, to) = (paths.next().ok_or("FROM?")?, paths.next().ok_or("TO?")?);
    formhand_browser::copy_profile(&from, &to).await?;
    Ok(())
}

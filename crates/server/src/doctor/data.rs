//! The data folder: can it be written, who can read it, is there room.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use super::Check;
use crate::serving::room;

/// Below this a day's screenshots and profiles no longer fit.
const LITTLE_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// Looks at the folder, or at the one where it will be made.
pub(super) fn check(data: &Path) -> Vec<Check> {
    let place = existing(data);
    vec![writable(data, &place), room(&place)]
}

fn writable(data: &Path, place: &Path) -> Check {
    let shown = data.display();
    let probe = place.join(format!(".formhand-doctor-{}", std::process::id()));
    let tried = fs::write(&probe, b"").and_then(|()| fs::remove_file(&probe));
    if let Err(error) = tried {
        let hint = "make it writable for this user, or choose another with --data";
        return Check::fail(
            "data folder",
            format!("{} cannot be written: {error}", place.display()),
            hint,
        );
    }
    if place != data {
        return Check::ok("data folder", format!("{shown} will be made"));
    }
    let mode = fs::metadata(data).map_or(0, |metadata| metadata.permissions().mode());
    if mode & 0o077 != 0 {
        let found = format!(
            "{shown} can be read by other users (mode {:03o})",
            mode & 0o777
        );
        return Check::warn(
            "data folder",
            found,
            format!("it holds personal data: chmod 700 {shown}"),
        );
    }
    Check::ok("data folder", shown.to_string())
}

fn room(place: &Path) -> Check {
    let free = match room::free(place) {
        Ok(free) => free,
        Err(error) => {
            let found = format!("cannot tell for {}: {error}", place.display());
            return Check::warn("free space", found, "look with df");
        }
    };
    let tenths = free / (1024 * 1024 * 1024 / 10);
    let found = format!("{}.{} GiB at {}", tenths / 10, tenths % 10, place.display());
    match free {
        free if free < room::LEAST => {
            Check::fail("free space", found, "make room before the next job")
        }
        free if free < LITTLE_BYTES => Check::warn("free space", found, "make room soon"),
        _ => Check::ok("free space", found),
    }
}

/// The nearest folder above that is there.
fn existing(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if path.exists() {
        return path.to_owned();
    }
    absolute
        .ancestors()
        .find(|folder| folder.exists())
        .unwrap_or(Path::new("/"))
        .to_owned()
}

//! Which program is run.

use std::{
    env,
    ffi::OsString,
    os::unix::fs::PermissionsExt as _,
    path::{self, Path, PathBuf},
};

use crate::MongodError;

/// Where `scripts/mongod` puts it, inside the folder of tools.
const INSTALLED: &str = "mongod/fiftyone/db/bin/mongod";

/// Finds the server: what `FORMHAND_MONGOD` names, or a `mongod` on the `PATH`, or what `scripts/mongod` has installed into
/// the folder that `FORMHAND_TOOLS` names. Cargo sets the latter, see `.cargo/config.toml`.
pub fn find() -> Result<PathBuf, MongodError> {
    Places {
        named: env::var_os("FORMHAND_MONGOD"),
        path: env::var_os("PATH"),
        tools: env::var_os("FORMHAND_TOOLS"),
    }
    .find()
    // It holds from every folder, and is never looked for on the `PATH` once more.
    .map(|path| path::absolute(&path).unwrap_or(path))
}

/// What the environment says.
struct Places {
    named: Option<OsString>,
    path: Option<OsString>,
    tools: Option<OsString>,
}

impl Places {
    fn find(self) -> Result<PathBuf, MongodError> {
        if let Some(path) = self.named.filter(|name| !name.is_empty()) {
            let path = PathBuf::from(path);
            // What was asked for by name is never replaced by another one.
            return if is_program(&path) {
                Ok(path)
            } else {
                Err(MongodError::NotAProgram { path })
            };
        }
        let path = self.path.unwrap_or_default();
        let on_path = env::split_paths(&path).map(|folder| folder.join("mongod"));
        let tools = self.tools.map(|tools| Path::new(&tools).join(INSTALLED));
        let searched: Vec<PathBuf> = on_path.chain(tools).collect();
        match searched.iter().find(|path| is_program(path)) {
            Some(path) => Ok(path.clone()),
            None => Err(MongodError::NotInstalled { searched }),
        }
    }
}

fn is_program(path: &Path) -> bool {
    path.metadata()
        .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use std::{
        ffi::OsString,
        fs,
        os::unix::fs::OpenOptionsExt as _,
        path::{Path, PathBuf},
    };

    use super::{INSTALLED, Places};
    use crate::MongodError;

    fn program(path: PathBuf) -> PathBuf {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(true)
            .mode(0o700)
            .open(&path)
            .unwrap();
        path
    }

    fn places(named: Option<&Path>, root: &Path) -> Places {
        Places {
            named: named.map(OsString::from),
            path: Some(root.join("bin").into()),
            tools: Some(root.join("tools").into()),
        }
    }

    #[test]
    fn the_named_one_comes_first_and_the_installed_one_last() {
        let root = tempfile::tempdir().unwrap();
        let installed = program(root.path().join("tools").join(INSTALLED));
        assert_eq!(places(None, root.path()).find().unwrap(), installed);
        let on_path = program(root.path().join("bin/mongod"));
        assert_eq!(places(None, root.path()).find().unwrap(), on_path);
        let named = program(root.path().join("mine"));
        let found = places(Some(&named), root.path()).find().unwrap();
        assert_eq!(found, named);
        let empty = places(Some(Path::new("")), root.path()).find().unwrap();
        assert_eq!(empty, on_path);
    }

    #[test]
    fn a_name_of_no_program_is_an_error_and_no_reason_to_look_elsewhere() {
        let root = tempfile::tempdir().unwrap();
        program(root.path().join("bin/mongod"));
        fs::write(root.path().join("text"), "").unwrap();
        for name in ["absent", "text", "."] {
            let named = root.path().join(name);
            let error = places(Some(&named), root.path()).find().unwrap_err();
            assert!(matches!(&error, MongodError::NotAProgram { path } if *path == named));
        }
    }
}

//! The API's token: chosen by somebody, or made at the first start.

use std::{
    fs,
    path::{Path, PathBuf},
};

use formhand_domain::Secret;

use super::{ServeError, data_folder::write_private};
use crate::access::{is_strong, new_token};

/// The variable of the environment that may hold the token.
pub const TOKEN_VARIABLE: &str = "FORMHAND_TOKEN";

/// The token and where it is.
pub struct ApiToken {
    /// The token.
    pub secret: Secret,
    /// The file that holds it, for the command line of this machine.
    pub file: Option<PathBuf>,
    /// Whether somebody chose it.
    pub chosen: bool,
}

impl ApiToken {
    /// The token of the environment, else of the configured file, else of the data folder, where one is made if
    /// there is none.
    pub fn find(
        from_environment: Option<Secret>,
        configured: Option<&Path>,
        data: &Path,
    ) -> Result<Self, ServeError> {
        if let Some(secret) = from_environment {
            check(&secret, TOKEN_VARIABLE)?;
            return Ok(Self {
                secret,
                file: None,
                chosen: true,
            });
        }
        if let Some(file) = configured {
            let secret = read(file)?;
            check(&secret, &file.display().to_string())?;
            return Ok(Self {
                secret,
                file: Some(file.to_owned()),
                chosen: true,
            });
        }
        let file = data.join("token");
        let secret = if file.exists() {
            read(&file)?
        } else {
            make(&file)?
        };
        check(&secret, &file.display().to_string())?;
        Ok(Self {
            secret,
            file: Some(file),
            chosen: false,
        })
    }
}

fn read(file: &Path) -> Result<Secret, ServeError> {
    fs::read_to_string(file)
        .map(|text| Secret::new(text.trim()))
        .map_err(|source| ServeError::Folder {
            path: file.to_owned(),
            source,
        })
}

fn make(file: &Path) -> Result<Secret, ServeError> {
    let secret = new_token(rand::random());
    write_private(file, secret.expose()).map_err(|source| ServeError::Folder {
        path: file.to_owned(),
        source,
    })?;
    Ok(secret)
}

fn check(secret: &Secret, origin: &str) -> Result<(), ServeError> {
    if is_strong(secret) {
        return Ok(());
    }
    Err(ServeError::WeakToken {
        origin: origin.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_token_is_made_once_and_is_private() {
        let folder = tempfile::tempdir().unwrap();
        let first = ApiToken::find(None, None, folder.path()).unwrap();
        let again = ApiToken::find(None, None, folder.path()).unwrap();
        assert!(first.secret == again.secret && !first.chosen);
        let mode = fs::metadata(first.file.unwrap())
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(first.secret.expose().len(), "fh_".len() + 64);
    }

    #[test]
    fn a_token_that_can_be_guessed_is_refused() {
        for weak in ["", "short", "sixteen letters and a space"] {
            let found = ApiToken::find(Some(Secret::new(weak)), None, Path::new("/nowhere"));
            assert!(
                matches!(found, Err(ServeError::WeakToken { .. })),
                "{weak:?}"
            );
        }
    }
}

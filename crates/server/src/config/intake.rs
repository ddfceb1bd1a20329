//! `[[intake]]`: the collections that records are taken from.

use std::path::PathBuf;

use formhand_domain::SourceName;
use formhand_engine::{Existing, WriteBack};
use serde::Deserialize;

use super::here::Here;
use super::mongo_url::{UrlKeys, UrlSource};

/// A source as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IntakeSection {
    name: SourceName,
    collection: String,
    database: Option<String>,
    url: Option<String>,
    url_env: Option<String>,
    url_file: Option<PathBuf>,
    kind: Option<Kind>,
    mapping: Option<PathBuf>,
    #[serde(default)]
    existing: ExistingSection,
    #[serde(default)]
    write_back: WriteBackSection,
}

/// What the documents are, as written.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Mapping,
    Queue,
}

/// What becomes of the documents that are there, as written.
#[derive(Deserialize, Default)]
#[serde(rename_all = "lowercase")]
enum ExistingSection {
    #[default]
    Skip,
    Take,
}

/// The paths that are written back, as written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct WriteBackSection {
    status: Option<String>,
    receipt: Option<String>,
    job: Option<String>,
    at: Option<String>,
}

/// A collection that records are taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntakeConfig {
    /// Its name.
    pub name: SourceName,
    /// The URL of its database; without it, it is where the store is.
    pub url: Option<UrlSource>,
    /// The database; without it, the one that the URL names.
    pub database: Option<String>,
    /// The collection.
    pub collection: String,
    /// What its documents are.
    pub kind: IntakeKind,
    /// What becomes of the documents that are there when it is watched for the first time.
    pub existing: Existing,
    /// What its documents are told.
    pub write_back: WriteBack,
}

/// What the documents of a source are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntakeKind {
    /// The business's own. This file says how they become records.
    Mapping(PathBuf),
    /// Submissions.
    Queue,
}

impl IntakeSection {
    /// The source, or what is contradictory about it.
    pub(super) fn resolve(self, folder: &Here) -> Result<IntakeConfig, String> {
        let what = format!("intake {}", self.name);
        let kind = match (self.kind, self.mapping) {
            (None | Some(Kind::Mapping), Some(file)) => IntakeKind::Mapping(folder.join(file)),
            (Some(Kind::Queue), None) => IntakeKind::Queue,
            (Some(Kind::Queue), Some(_)) => {
                return Err(format!(
                    "{what} is a queue and has a mapping: expected one of them"
                ));
            }
            (None | Some(Kind::Mapping), None) => {
                return Err(format!(
                    "{what} does not say what its documents are: expected mapping = \"FILE\" or kind = \"queue\""
                ));
            }
        };
        let url = UrlKeys {
            url: self.url,
            url_env: self.url_env,
            url_file: self.url_file,
        };
        let write_back: WriteBack = self.write_back.into();
        check_paths(&write_back).map_err(|wrong| format!("{what}: write_back {wrong}"))?;
        Ok(IntakeConfig {
            url: url.source(
                &what,
                "without it, the collection is where the store is",
                folder,
            )?,
            name: self.name,
            database: self.database,
            collection: self.collection,
            kind,
            existing: match self.existing {
                ExistingSection::Skip => Existing::Skip,
                ExistingSection::Take => Existing::Take,
            },
            write_back,
        })
    }
}

impl From<WriteBackSection> for WriteBack {
    fn from(section: WriteBackSection) -> Self {
        Self {
            status: section.status,
            receipt: section.receipt,
            job: section.job,
            at: section.at,
        }
    }
}

/// Says which path cannot be written.
fn check_paths(write_back: &WriteBack) -> Result<(), String> {
    let paths: Vec<&str> = write_back.paths().collect();
    for (index, path) in paths.iter().enumerate() {
        let is_fit =
            |part: &str| !part.is_empty() && !part.starts_with('$') && !part.contains('\0');
        if !path.split('.').all(is_fit) || path.split('.').next() == Some("_id") {
            return Err(format!(
                "{path:?} is no place to write to: expected one such as \"formhand.status\""
            ));
        }
        if let Some(other) = paths[..index].iter().find(|other| overlap(path, other)) {
            return Err(format!("{path:?} and {other:?} are within each other"));
        }
    }
    Ok(())
}

/// Whether one of two places of a document is within the other.
pub(crate) fn overlap(one: &str, other: &str) -> bool {
    let within = |inner: &str, outer: &str| {
        let rest = inner.strip_prefix(outer);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    within(one, other) || within(other, one)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{super::Config, *};

    const STORE: &str = "[store]\nurl = \"mongodb://h/formhand\"\nseal_key_env = \"KEY\"\n";

    fn read(text: &str) -> Result<Vec<IntakeConfig>, String> {
        let defaults = Config::defaults().unwrap();
        defaults
            .with(Path::new("conf/formhand.toml"), text)
            .map(|config| config.intake)
            .map_err(|error| error.to_string())
    }

    fn wrong(lines: &str) -> String {
        let text =
            format!("{STORE}[[intake]]\nname = \"bikes\"\ncollection = \"bikes\"\n{lines}\n");
        read(&text).unwrap_err()
    }

    #[test]
    fn a_source_is_a_collection_with_a_mapping_or_a_queue() {
        let text = format!(
            "{STORE}[[intake]]\nname = \"bikes\"\ncollection = \"policies\"\nmapping = \"m/bikes.yaml\"\n\
             [[intake]]\nname = \"queue\"\ncollection = \"todo\"\ndatabase = \"crm\"\nurl_env = \"CRM\"\nkind = \"queue\"\n\
             existing = \"take\"\nwrite_back = {{ status = \"formhand.status\", at = \"formhand.at\" }}\n"
        );
        let read = read(&text).unwrap();
        assert_eq!(
            read[0].kind,
            IntakeKind::Mapping("conf/m/bikes.yaml".into())
        );
        assert_eq!(
            (read[0].url.clone(), read[0].existing),
            (None, Existing::Skip)
        );
        assert!(read[0].write_back.is_off());
        let paths: Vec<&str> = read[1].write_back.paths().collect();
        assert_eq!(paths, ["formhand.status", "formhand.at"]);
        assert_eq!(
            (&read[1].kind, read[1].existing),
            (&IntakeKind::Queue, Existing::Take)
        );
    }

    #[test]
    fn what_does_not_go_together_is_refused() {
        insta::assert_snapshot!(wrong(""), @r#"conf/formhand.toml: intake bikes does not say what its documents are: expected mapping = "FILE" or kind = "queue""#);
        insta::assert_snapshot!(wrong("kind = \"queue\"\nmapping = \"m.yaml\""), @"conf/formhand.toml: intake bikes is a queue and has a mapping: expected one of them");
        insta::assert_snapshot!(wrong("kind = \"stream\""), @r#"
        conf/formhand.toml:7:8: unknown variant `stream`, expected `mapping` or `queue`
          |
        7 | kind = "stream"
          |        ^^^^^^^^
        "#);
        insta::assert_snapshot!(wrong("kind = \"queue\"\nexisting = \"all\""), @r#"
        conf/formhand.toml:8:12: unknown variant `all`, expected `skip` or `take`
          |
        8 | existing = "all"
          |            ^^^^^
        "#);
        insta::assert_snapshot!(wrong("kind = \"queue\"\nwrite_back = { state = \"a\" }"), @r#"
        conf/formhand.toml:8:16: unknown field `state`, expected one of `status`, `receipt`, `job`, `at`
          |
        8 | write_back = { state = "a" }
          |                ^^^^^
        "#);
        insta::assert_snapshot!(wrong("kind = \"queue\"\nwrite_back = { status = \"_id.a\" }"), @r#"conf/formhand.toml: intake bikes: write_back "_id.a" is no place to write to: expected one such as "formhand.status""#);
        insta::assert_snapshot!(wrong("kind = \"queue\"\nwrite_back = { status = \"a.$b\" }"), @r#"conf/formhand.toml: intake bikes: write_back "a.$b" is no place to write to: expected one such as "formhand.status""#);
        insta::assert_snapshot!(wrong("kind = \"queue\"\nwrite_back = { status = \"a.b\", at = \"a\" }"), @r#"conf/formhand.toml: intake bikes: write_back "a" and "a.b" are within each other"#);
        insta::assert_snapshot!(wrong("kind = \"queue\"\nurl_env = \"A\"\nurl = \"mongodb://h/x\""), @"conf/formhand.toml: intake bikes has url and url_env or url_file: expected one of them");
        let twice =
            "kind = \"queue\"\n[[intake]]\nname = \"bikes\"\ncollection = \"b\"\nkind = \"queue\"";
        insta::assert_snapshot!(wrong(twice), @"conf/formhand.toml: intake bikes is there twice");
        let without = "[[intake]]\nname = \"bikes\"\ncollection = \"b\"\nkind = \"queue\"\n";
        insta::assert_snapshot!(read(without).unwrap_err(), @"conf/formhand.toml: intake bikes needs a store on MongoDB: expected url, url_env or url_file in [store]");
    }

    #[test]
    fn kf43_a_url_with_a_login_is_refused_and_not_repeated() {
        let refused = wrong("kind = \"queue\"\nurl = \"mongodb://me:correct-horse@h/x\"");
        assert!(!refused.contains("correct"), "{refused}");
    }
}

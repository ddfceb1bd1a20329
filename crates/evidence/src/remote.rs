//! Object storage (S3) behind the folder: what is there to be read by any server, and signed links to it.

use std::{fmt, io, path::PathBuf, sync::Arc, time::Duration};

use bytes::Bytes;
use formhand_domain::{JobId, Secret};
use futures_util::{StreamExt as _, TryStreamExt as _, stream::BoxStream};
use jiff::Timestamp;
use object_store::{
    Attribute, Attributes, ObjectMeta, ObjectStore, ObjectStoreExt as _, PutOptions, PutPayload,
    RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
    path::Path,
    signer::{Method, Signer as _},
};
use thiserror::Error;
use url::Url;

use crate::{Kept, Place, web::Web};

/// Where in object storage evidence goes, and with which key.
#[derive(Debug, Clone)]
pub struct RemoteSetup {
    /// The bucket.
    pub bucket: String,
    /// What all keys begin with; may be empty.
    pub prefix: String,
    /// The server, such as `https://s3.example.com`; AWS's own of the region if nothing is said.
    pub endpoint: Option<Url>,
    /// A file (PEM) with certificates that are believed beside the system's.
    pub certificates: Option<PathBuf>,
    /// The region.
    pub region: String,
    /// Whose requests these are.
    pub access_key_id: Secret,
    /// What they are signed with.
    pub secret_access_key: Secret,
}

/// What was said of object storage cannot be right.
#[derive(Debug, Error)]
#[error("object storage cannot be used: {0}")]
pub struct RemoteError(String);

/// A bucket. Cheap to clone.
#[derive(Clone)]
pub struct Remote {
    bucket: Arc<AmazonS3>,
    prefix: Path,
}

/// Whoever reads waits for it; what is to be handed over is tried again anyway.
const RETRIED_FOR: Duration = Duration::from_secs(5);

impl fmt::Debug for Remote {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Remote({})", self.prefix)
    }
}

impl Remote {
    /// Makes it ready; nothing is sent yet.
    pub fn new(setup: &RemoteSetup) -> Result<Self, RemoteError> {
        let web = Web::new(setup.certificates.as_deref());
        let web = web.map_err(|error| RemoteError(format!("its certificates: {error}")))?;
        let mut bucket = AmazonS3Builder::new().with_http_connector(web);
        if let Some(endpoint) = &setup.endpoint {
            bucket = bucket
                .with_endpoint(endpoint.as_str().trim_end_matches('/'))
                .with_allow_http(endpoint.scheme() == "http");
        }
        let bucket = bucket
            .with_retry(RetryConfig {
                max_retries: 2,
                retry_timeout: RETRIED_FOR,
                ..RetryConfig::default()
            })
            .with_bucket_name(&setup.bucket)
            .with_region(&setup.region)
            .with_access_key_id(setup.access_key_id.expose())
            .with_secret_access_key(setup.secret_access_key.expose())
            .build();
        let bucket = bucket.map_err(|error| RemoteError(error.to_string()))?;
        let prefix = Path::parse(&setup.prefix).map_err(|error| RemoteError(error.to_string()))?;
        Ok(Self {
            bucket: Arc::new(bucket),
            prefix,
        })
    }

    /// A key is the path of the file: ids and names that hold no value of the record.
    fn key(&self, place: &Place) -> Path {
        let path = place.path();
        path.split('/').fold(self.prefix.clone(), Path::join)
    }

    pub(crate) async fn put(&self, place: &Place, content: Bytes) -> io::Result<()> {
        let mut attributes = Attributes::new();
        // Whoever follows a signed link sees what a portal said without our headers around it.
        let shown = match place.media_type() {
            html if html.starts_with("text/html") => "text/plain; charset=utf-8",
            other => other,
        };
        attributes.insert(Attribute::ContentType, shown.into());
        if place.is_document() {
            attributes.insert(Attribute::ContentDisposition, "attachment".into());
        }
        let options = PutOptions {
            attributes,
            ..PutOptions::default()
        };
        let key = self.key(place);
        let put = self
            .bucket
            .put_opts(&key, PutPayload::from(content), options);
        put.await.map(drop).map_err(io::Error::other)
    }

    /// The files of a job that are there.
    pub(crate) async fn list(&self, job: JobId) -> io::Result<Vec<Kept>> {
        let folder = self.prefix.clone().join(job.to_string());
        let found: Vec<ObjectMeta> = self
            .bucket
            .list(Some(&folder))
            .try_collect()
            .await
            .map_err(io::Error::other)?;
        Ok(found.iter().filter_map(|meta| self.kept(meta)).collect())
    }

    fn kept(&self, meta: &ObjectMeta) -> Option<Kept> {
        let parts = meta.location.prefix_match(&self.prefix)?;
        let path = parts.map(|part| decoded(part.as_ref()));
        let place = Place::parse(&path.collect::<Vec<_>>().join("/"))?;
        Some(Kept {
            place,
            size_bytes: meta.size,
            written_at: Timestamp::from_second(meta.last_modified.timestamp()).ok()?,
        })
    }

    pub(crate) async fn get(
        &self,
        place: &Place,
    ) -> io::Result<Option<(Kept, BoxStream<'static, io::Result<Bytes>>)>> {
        match self.bucket.get(&self.key(place)).await {
            Ok(found) => {
                let Some(kept) = self.kept(&found.meta) else {
                    return Ok(None);
                };
                let content = found.into_stream().map_err(io::Error::other);
                Ok(Some((kept, content.boxed())))
            }
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(io::Error::other(error)),
        }
    }

    pub(crate) async fn remove(&self, place: &Place) -> io::Result<()> {
        match self.bucket.delete(&self.key(place)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(io::Error::other(error)),
        }
    }

    /// An address under which whoever has it may read this one file for so long.
    pub(crate) async fn link(&self, place: &Place, life: Duration) -> io::Result<Option<Url>> {
        match self.bucket.head(&self.key(place)).await {
            Ok(_) => {}
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(io::Error::other(error)),
        }
        let key = self.key(place);
        let signed = self.bucket.signed_url(Method::GET, &key, life);
        signed.await.map(Some).map_err(io::Error::other)
    }
}

/// A part of a key as it was: letters beyond ASCII are percent-encoded in it. No name that is kept has one of the signs that
/// mean something else in a form.
fn decoded(part: &str) -> String {
    let form = format!("={part}");
    let plain = url::form_urlencoded::parse(form.as_bytes()).next();
    plain
        .map(|(_, plain)| plain.into_owned())
        .unwrap_or_default()
}

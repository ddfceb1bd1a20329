//! A bucket behind TLS is believed by its certificate.

use std::{path::PathBuf, sync::Arc};

use formhand_domain::JobId;
use formhand_evidence::{Evidence, Place, Remote};
use jiff::Timestamp;
use rcgen::CertifiedKey;
use rustls::pki_types::PrivateKeyDer;
use tempfile::TempDir;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tokio_rustls::TlsAcceptor;

use crate::bucket::{Bucket, KEY, setup};

/// What speaks TLS before a bucket, with a certificate that nobody has signed.
struct Front {
    folder: TempDir,
    address: String,
    _serving: JoinSet<()>,
}

impl Front {
    async fn before(bucket: &Bucket) -> Self {
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]);
        let CertifiedKey { cert, signing_key } = made.unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("s3.pem"), cert.pem()).unwrap();
        let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let behind = bucket.address.clone();
        let mut serving = JoinSet::new();
        serving.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, behind) = (acceptor.clone(), behind.clone());
                connections.spawn(async move {
                    if let Ok(mut outside) = acceptor.accept(stream).await {
                        let mut inside = TcpStream::connect(behind).await.unwrap();
                        let _ = copy_bidirectional(&mut outside, &mut inside).await;
                    }
                });
            }
        });
        Self {
            folder,
            address,
            _serving: serving,
        }
    }

    fn certificate(&self) -> PathBuf {
        self.folder.path().join("s3.pem")
    }

    fn evidence(&self, folder: &TempDir, certificates: Option<PathBuf>) -> Evidence {
        let mut setup = setup(&format!("https://{}", self.address), KEY);
        setup.certificates = certificates;
        Evidence::at(folder.path()).with_remote(Some(Remote::new(&setup).unwrap()))
    }
}

#[tokio::test]
async fn a_bucket_behind_tls_is_used_if_its_certificate_is_believed_and_not_otherwise() {
    let bucket = Bucket::start().await;
    let front = Front::before(&bucket).await;
    let folder = tempfile::tempdir().unwrap();
    let job = JobId::new(Timestamp::UNIX_EPOCH, 1);

    let stranger = front.evidence(&folder, None);
    let log = stranger.keep_text(job, 1, "call-log", "clicked");
    log.await.unwrap();
    let refused = stranger.hand_over(job).await.unwrap_err();
    let told = format!("{refused:?}");
    assert!(told.contains("UnknownIssuer"), "{told}");
    assert_eq!(bucket.keys(), Vec::<String>::new());

    let friend = front.evidence(&folder, Some(front.certificate()));
    friend.hand_over(job).await.unwrap();
    assert_eq!(bucket.keys().len(), 1);
    let place = Place::file(job, 1, "call-log.txt").unwrap();
    let (kept, _) = friend.open(&place).await.unwrap().unwrap();
    assert_eq!(kept.size_bytes, 7);
}

#[test]
fn a_file_without_a_certificate_is_refused_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("s3.pem");
    std::fs::write(&file, "no certificate").unwrap();
    let mut setup = setup("https://s3.example.com", KEY);
    setup.certificates = Some(file);
    let told = Remote::new(&setup).unwrap_err().to_string();
    assert!(
        told.contains("s3.pem: there is no certificate in it"),
        "{told}"
    );
    setup.certificates = Some(folder.path().join("missing.pem"));
    let told = Remote::new(&setup).unwrap_err().to_string();
    assert!(told.contains("missing.pem: "), "{told}");
}

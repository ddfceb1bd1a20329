//! The practice portal, on a thread of its own so that its work can be told from that of the two.

use std::path::PathBuf;

use formhand_practice::{Options, Practice, User};
use tokio::sync::oneshot;

use crate::{error::Error, measure::cpu_of};

/// A running practice portal. Its thread ends when this is dropped.
pub(crate) struct Portal {
    pub(crate) practice: Practice,
    pub(crate) user: User,
    thread: PathBuf,
    _stop: oneshot::Sender<()>,
}

impl Portal {
    /// Starts it. Its own delays are off.
    pub(crate) async fn start() -> Result<Self, Error> {
        let (started, starting) = oneshot::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let options = Options {
            delays: 0.0,
            promo: false,
            ..Options::default()
        };
        let user = options.users[0].clone();
        std::thread::Builder::new()
            .name("practice".into())
            .spawn(move || serve(options, started, stopped))?;
        let gone = |_| Error::Portal("its thread ended".into());
        let (practice, thread) = starting.await.map_err(gone)?.map_err(Error::Portal)?;
        Ok(Self {
            practice,
            user,
            thread,
            _stop: stop,
        })
    }

    /// What its thread has used of the processors.
    pub(crate) fn cpu_ms(&self) -> f64 {
        cpu_of(&self.thread).unwrap_or_default()
    }
}

type Started = Result<(Practice, PathBuf), String>;

fn serve(options: Options, started: oneshot::Sender<Started>, stopped: oneshot::Receiver<()>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            let _ = started.send(Err(error.to_string()));
            return;
        }
    };
    runtime.block_on(async {
        let practice = formhand_practice::start(options)
            .await
            .map_err(|error| error.to_string());
        let thread = std::fs::read_link("/proc/thread-self").map_err(|error| error.to_string());
        let both =
            practice.and_then(|practice| Ok((practice, PathBuf::from("/proc").join(thread?))));
        let _ = started.send(both);
        // Either says that nobody needs it any more.
        let _ = stopped.await;
    });
}

//! The examination, in order.

use std::{path::PathBuf, sync::Arc, time::Duration};

use formhand_domain::{Clock, NodeId};
use formhand_portal::Portal;
use formhand_store::Store;
use jiff::SignedDuration;
use tokio::{sync::watch, time::Instant};

use super::{
    Findings, IdleLife, PortalDoctorError, context_clone,
    idle::{self, ms},
    lab::Lab,
    profile_clone, second_login,
};
use crate::{
    captcha::solver_of,
    one_time_code::{patience_of, source_of},
    right::RightTiming,
    session::{KeeperSetup, Sharing},
    setup::AccountSetup,
};

/// What an examination needs. The caller holds the lock of the data folder: no server works with the account meanwhile.
pub struct PortalDoctorSetup {
    /// The portal.
    pub portal: Arc<Portal>,
    /// The account that logs in.
    pub account: AccountSetup,
    /// The name of the server whose data folder is held.
    pub node: NodeId,
    /// Where logins are counted.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// A folder for profiles. It is emptied before and removed after.
    pub folder: PathBuf,
    /// The program that keeps sessions; found by itself when not given.
    pub master: Option<PathBuf>,
    /// The program that works on jobs; found by itself when not given.
    pub worker: Option<PathBuf>,
    /// How long a step of the login may take that says nothing itself.
    pub step_timeout: Duration,
    /// How long to wait for the end of an idle session, if at all.
    pub wait: Option<Duration>,
}

/// Measures a portal before it is used.
pub struct PortalDoctor {
    lab: Lab,
    wait: Option<Duration>,
}

impl PortalDoctor {
    /// A doctor that has done nothing yet.
    pub fn new(setup: PortalDoctorSetup) -> Self {
        let folder = setup.folder;
        let keeper = KeeperSetup {
            solver: solver_of(&setup.account, &setup.store, &setup.clock),
            codes: source_of(&setup.account, &setup.store, &setup.clock),
            patience: patience_of(&setup.account),
            portal: setup.portal,
            account: setup.account,
            store: setup.store,
            clock: setup.clock,
            profile: folder.join("master"),
            executable: setup.master,
            step_timeout: setup.step_timeout,
            // Nobody is lent a session, and none is kept.
            wait: Duration::ZERO,
            sharing: Sharing {
                node: setup.node,
                right: RightTiming {
                    lease: SignedDuration::ZERO,
                    renew_every: Duration::ZERO,
                },
                seal: None,
                paused: watch::channel(false).1,
            },
        };
        Self {
            lab: Lab::new(keeper, folder, setup.worker),
            wait: setup.wait,
        }
    }

    /// Measures, and says to `tell` what it is about to do. Leaves no browser and no profile.
    pub async fn examine(
        mut self,
        tell: &(dyn Fn(&str) + Sync),
    ) -> Result<Findings, PortalDoctorError> {
        self.lab.clear().await;
        let findings = self.measure(tell).await;
        self.lab.clear().await;
        findings
    }

    async fn measure(
        &mut self,
        tell: &(dyn Fn(&str) + Sync),
    ) -> Result<Findings, PortalDoctorError> {
        let lab = &mut self.lab;
        tell("logging in");
        let (master, page) = lab.master().await?;
        let login_ms = ms(lab.log_in(&master, &page).await?);
        tell("timing a check");
        let began = Instant::now();
        lab.knows(&page).await?;
        let check_ms = ms(began.elapsed());
        tell("looking which storage carries the login");
        let context_clone = context_clone::measure(lab).await?;
        tell("starting the browser again, and one on a copy of its profile");
        let (restart, profile_clone) = profile_clone::measure(lab).await?;
        tell("logging in a second time");
        let second_login = second_login::measure(lab).await?;
        let idle = match self.wait {
            Some(wait) => {
                tell("leaving the session alone");
                idle::measure(lab, wait).await?
            }
            None => IdleLife::NotMeasured,
        };
        Ok(Findings {
            login_ms,
            check_ms,
            context_clone,
            profile_clone,
            restart,
            second_login,
            idle,
            logins: lab.logins,
        })
    }
}

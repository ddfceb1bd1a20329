//! Where people ask for pages, act in them and hand them back.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use formhand_domain::JobId;
use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};

use super::{
    Act, HowToEnd, TakeOverRefused, TakeOverState,
    room::{Order, Room},
};

/// The pages of the jobs that this server works on, for people who take them over. Cheap to clone.
#[derive(Clone, Default)]
pub struct TakeOvers(Arc<Mutex<HashMap<JobId, Arc<Room>>>>);

/// The page of a job can be asked for, until this is dropped.
pub(super) struct Entry {
    desk: TakeOvers,
    job: JobId,
    pub(super) room: Arc<Room>,
}

impl TakeOvers {
    pub(super) fn enter(&self, job: JobId) -> Entry {
        let room = Arc::new(Room::default());
        self.rooms().insert(job, Arc::clone(&room));
        Entry {
            desk: self.clone(),
            job,
            room,
        }
    }

    /// How the page of a job stands; nothing if this server does not fill its form now.
    pub fn state(&self, job: JobId) -> Option<TakeOverState> {
        Some(self.room(job).ok()?.view())
    }

    /// Asks for the page of a job. The steps halt at the next safe place.
    pub fn ask(&self, job: JobId, by: &str, now: Timestamp) -> Result<(), TakeOverRefused> {
        self.room(job)?.ask(by, now)
    }

    /// Acts in the page that this person has. Returns when the page has taken it.
    pub async fn act(&self, job: JobId, by: &str, act: Act) -> Result<(), TakeOverRefused> {
        let orders = self.room(job)?.orders(by)?;
        said(orders, |told| Order::Act(act, told)).await
    }

    /// Hands the page back that this person has, or takes back that it was asked for.
    pub async fn end(&self, job: JobId, by: &str, how: HowToEnd) -> Result<(), TakeOverRefused> {
        let room = self.room(job)?;
        if matches!(how, HowToEnd::GoOn) && room.withdraw(by) {
            return Ok(());
        }
        let orders = room.orders(by)?;
        said(orders, |told| Order::End(how, told)).await
    }

    fn room(&self, job: JobId) -> Result<Arc<Room>, TakeOverRefused> {
        let room = self.rooms().get(&job).cloned();
        room.ok_or(TakeOverRefused::NotHere)
    }

    fn rooms(&self) -> MutexGuard<'_, HashMap<JobId, Arc<Room>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says it to the steps, which may be gone.
async fn said(
    orders: mpsc::Sender<Order>,
    order: impl FnOnce(oneshot::Sender<Result<(), TakeOverRefused>>) -> Order,
) -> Result<(), TakeOverRefused> {
    let (told, answer) = oneshot::channel();
    let sent = orders.send(order(told)).await;
    sent.map_err(|_| TakeOverRefused::Ended)?;
    answer.await.unwrap_or(Err(TakeOverRefused::Ended))
}

impl Drop for Entry {
    fn drop(&mut self) {
        let mut rooms = self.desk.rooms();
        // The next clone of the same job may have its own already.
        if rooms
            .get(&self.job)
            .is_some_and(|room| Arc::ptr_eq(room, &self.room))
        {
            rooms.remove(&self.job);
        }
    }
}

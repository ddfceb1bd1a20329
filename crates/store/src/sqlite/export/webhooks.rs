//! Webhooks, and what they are to be told.

use tokio::sync::mpsc;

use super::super::db::Db;
use super::{
    super::webhook,
    stream::{Read, stream},
};
use crate::{Delivery, StoreError, Webhook, copying::Batch};

pub(super) fn hand_over(conn: &Db, to: &mpsc::Sender<Batch>) -> Result<(), StoreError> {
    stream(conn, webhook::ALL, to, Batch::Webhooks, |row| {
        let what = webhook::read_webhook(row)?;
        let bytes = size_of::<Webhook>();
        Ok(Read { what, bytes })
    })?;
    let all = format!("SELECT {} FROM deliveries", webhook::COLUMNS);
    stream(conn, &all, to, Batch::Deliveries, |row| {
        let what = webhook::read_delivery(&conn.seal, row)?;
        let bytes = size_of::<Delivery>() + what.message.body.len();
        Ok(Read { what, bytes })
    })
}

//! The portal's lists: public geography, and vehicles, offices and financiers as a list feeds
//! them. Prices and lenders are invented.

pub(crate) mod feeds;
mod financiers;
mod makes;
mod pins;
mod products;
mod rtos;

pub(crate) use financiers::FINANCIERS;
pub(crate) use makes::{MODELS, Model};
pub(crate) use pins::{PINS, Pin};
pub(crate) use products::{PRODUCTS, STATES};
pub(crate) use rtos::{RTOS, Rto};

//! Alerts, over real servers that take them.

mod api;
mod channels;
mod every_rule;
mod facts;
mod hooks;
mod reading;
mod scene;
mod smtpd;
mod tls;
mod webhooks;

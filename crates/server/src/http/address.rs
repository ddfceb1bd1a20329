//! Where a request comes from.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request},
    http::HeaderMap,
};

use crate::access::{Access, Place};

/// The place of the peer or, if that is a proxy of ours, of whoever spoke to the proxy.
pub(super) fn place(request: &Request, access: &Access) -> Place {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map(|ConnectInfo(address)| address.ip().to_canonical());
    Place::of(peer.map(|peer| first_foreign(peer, request.headers(), access.proxies())))
}

/// Each proxy adds to the end whom it speaks to. Only what a proxy of ours says counts: anybody can send the header.
fn first_foreign(peer: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    let lines: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|line| line.to_str().ok())
        .collect();
    let mut said = lines.iter().rev().flat_map(|line| line.rsplit(','));
    let mut address = peer;
    while proxies.contains(&address) {
        match said
            .next()
            .and_then(|text| text.trim().parse::<IpAddr>().ok())
        {
            Some(before) => address = before.to_canonical(),
            None => break,
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn found(peer: &str, lines: &[&'static str]) -> String {
        let proxies = ["127.0.0.1", "10.0.0.1"].map(|text| text.parse().unwrap());
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("x-forwarded-for", HeaderValue::from_static(line));
        }
        first_foreign(peer.parse().unwrap(), &headers, &proxies).to_string()
    }

    #[test]
    fn only_a_proxy_of_ours_is_believed() {
        assert_eq!(found("192.0.2.1", &["198.51.100.1"]), "192.0.2.1");
        assert_eq!(found("127.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(found("127.0.0.1", &[]), "127.0.0.1");
    }

    #[test]
    fn what_a_client_said_before_the_proxy_does_not_count() {
        let forged = "203.0.113.9, 198.51.100.1";
        assert_eq!(found("127.0.0.1", &[forged]), "198.51.100.1");
        assert_eq!(
            found("127.0.0.1", &["203.0.113.9", "198.51.100.1"]),
            "198.51.100.1"
        );
        let through_two = "203.0.113.9, 198.51.100.1, 10.0.0.1";
        assert_eq!(found("127.0.0.1", &[through_two]), "198.51.100.1");
        assert_eq!(found("127.0.0.1", &["198.51.100.1, nonsense"]), "127.0.0.1");
    }
}

//! Where a request comes from: the peer's address, unless a proxy of ours is trusted to say better.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};

use crate::app::App;
use crate::problem::Problem;

/// The address that limits count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClientAddress(pub(crate) IpAddr);

impl FromRequestParts<App> for ClientAddress {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
        let told =
            app.settings().client_address_header.as_ref().and_then(|header| told_by_proxy(&parts.headers, header));
        Ok(Self(told.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))))
    }
}

/// The rightmost address: the one that the nearest proxy wrote. Everything left of it is anyone's word.
fn told_by_proxy(headers: &HeaderMap, header: &HeaderName) -> Option<IpAddr> {
    let last = headers.get_all(header).iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn only_what_the_nearest_proxy_says_counts() {
        let header = HeaderName::from_static("x-forwarded-for");
        let mut headers = HeaderMap::new();
        headers.append(&header, HeaderValue::from_static("1.1.1.1, 2.2.2.2"));
        headers.append(&header, HeaderValue::from_static("9.9.9.9, 10.0.0.7"));
        assert_eq!(told_by_proxy(&headers, &header), Some(IpAddr::from([10, 0, 0, 7])));
        headers.append(&header, HeaderValue::from_static("unknown"));
        assert_eq!(told_by_proxy(&headers, &header), None);
    }
}

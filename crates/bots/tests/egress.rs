//! The one way out does not lead inside.

#![allow(clippy::unwrap_used)] // Where a test unwraps, it fails, which is what it is for.

mod support;

use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use baton_bots::{Answered, Egress, EgressFailure, EgressRefused, Post};

use support::{Server, egress};

async fn post(egress: &Egress, url: &str) -> Result<Answered, EgressFailure> {
    egress
        .post(Post {
            url: &url.parse().unwrap(),
            headers: &[("x-token", "t".to_owned())],
            json: "{}",
            time_limit: Duration::from_secs(10),
            answer_bytes_max: 1024,
        })
        .await
}

fn why(result: Result<Answered, EgressFailure>) -> EgressRefused {
    match result {
        Err(EgressFailure::Refused { why, .. }) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_private_address_is_refused_however_it_is_written() {
    let server = Server::answering(200, "{}").await;
    let port = server.address.port();
    let guarded = egress(&[]);
    for host in ["127.0.0.1", "2130706433", "0x7f.0.0.1", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "10.1.2.3"] {
        let refused = why(post(&guarded, &format!("http://{host}:{port}/")).await);
        assert!(matches!(refused, EgressRefused::Private { .. }), "{host}: {refused}");
    }
    assert_eq!(
        why(post(&guarded, &format!("http://localhost:{port}/")).await),
        EgressRefused::ThisMachine("localhost".to_owned())
    );
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_host_that_an_administrator_named_is_called_and_its_neighbours_are_not() {
    let server = Server::answering(200, "{}").await;
    let port = server.address.port();
    let open = egress(&[&format!("localhost:{port}")]);
    assert_eq!(post(&open, &format!("http://localhost:{port}/a")).await.unwrap().status, 200);
    why(post(&open, &format!("http://127.0.0.1:{port}/")).await);
    why(post(&open, &format!("http://localhost:{}/", port.wrapping_add(1))).await);
    assert_eq!(server.received().len(), 1);
    assert_eq!(server.received()[0].headers["x-token"], "t");
}

#[tokio::test]
async fn other_schemes_and_written_credentials_are_refused_at_the_call_too() {
    let guarded = egress(&["127.0.0.1"]);
    assert!(matches!(why(post(&guarded, "ftp://127.0.0.1/").await), EgressRefused::Scheme(_)));
    assert_eq!(why(post(&guarded, "http://user:pass@127.0.0.1/").await), EgressRefused::Credentials);
}

#[tokio::test]
async fn a_connection_that_was_closed_while_idle_does_not_fail_the_next_call() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    // Answers one request on a connection and closes it under the second, as a server does whose idle time is over.
    let serving = tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let mut requests = 0;
        for _ in 0..2 {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut buffer = [0; 4096];
            assert!(socket.read(&mut buffer).await.unwrap() > 0);
            requests += 1;
            socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await.unwrap();
            if requests == 1 {
                assert!(socket.read(&mut buffer).await.unwrap() > 0);
            }
        }
    });
    let open = egress(&[&address.to_string()]);
    for _ in 0..2 {
        assert_eq!(post(&open, &format!("http://{address}/")).await.unwrap().body, b"{}");
    }
    serving.await.unwrap();
}

#[tokio::test]
async fn the_length_of_an_answer_is_bounded_before_it_is_read() {
    let server = Server::answering_with(|| Response::new(Body::from(vec![0; 4096]))).await;
    let failure = post(&egress(&[&server.host()]), &server.url("/?token=path-secret")).await.unwrap_err();
    assert!(matches!(failure, EgressFailure::TooLong { bytes_max: 1024, .. }), "{failure}");
    assert!(!failure.to_string().contains("path-secret"), "{failure}");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_stops_in_the_middle_of_its_answer_is_not_waited_for() {
    let server = Server::answering_with(|| Response::new(Body::from_stream(Silent))).await;
    let failure = post(&egress(&[&server.host()]), &server.url("/")).await.unwrap_err();
    assert!(matches!(failure, EgressFailure::TimedOut { limit, .. } if limit == Duration::from_secs(10)), "{failure}");
}

/// A body whose next chunk never comes.
struct Silent;

impl futures_util::Stream for Silent {
    type Item = Result<axum::body::Bytes, std::convert::Infallible>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Pending
    }
}

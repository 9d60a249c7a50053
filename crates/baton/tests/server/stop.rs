//! A stop that was asked for: sockets are told, what was under way is finished, and the process ends well and soon.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::agent::Agent;
use crate::client::Trouble;
use crate::customer::Customer;
use crate::document::{Document, Folder, PEOPLE};
use crate::program::{Server, passwords, run};
use crate::socket::Closed;

/// An administrator who restarts does not wait for longer, whatever clients do.
const SOON: Duration = Duration::from_secs(20);

async fn started(folder: &Folder) -> Server {
    let database = folder.database();
    run(&["apply", &folder.config(), "--database", &database]).well();
    passwords(&database, &PEOPLE);
    Server::start(&database, &["--articles", &folder.articles()]).await
}

#[tokio::test]
async fn a_stop_closes_every_socket_with_1012_and_ends_well() {
    let folder = Folder::with(&Document::default());
    let server = started(&folder).await;
    let mut customers = Vec::new();
    for _ in 0..8 {
        customers.push(Customer::arrives(&server.site).await);
    }
    let mut ana = Agent::arrives(&server.site, "ana").await;
    let site = server.site.clone();
    server.terminate();
    let closed = async {
        for customer in &mut customers {
            assert_eq!(customer.socket.closed().await, Closed(Some(1012)));
        }
        assert_eq!(ana.socket.closed().await, Closed(Some(1012)));
    };
    let (status, ()) = tokio::join!(server.ended(SOON), closed);
    assert!(status.success(), "{status}");
    let after = site.conversation(customers[0].id, &customers[0].token).await;
    assert!(matches!(after, Err(Trouble::Gone(_))), "{after:?}");
}

#[tokio::test]
async fn clients_who_stand_still_do_not_keep_the_server_from_ending() {
    let folder = Folder::with(&Document::default());
    let server = started(&folder).await;
    // Half a request, a socket whose other side never answers a close, and one that never said hello.
    let mut half = TcpStream::connect(server.site.address()).await.unwrap();
    half.write_all(b"POST /v1/session HTTP/1.1\r\nhost: baton\r\ncontent-length: 100\r\n").await.unwrap();
    let mut body = TcpStream::connect(server.site.address()).await.unwrap();
    let request =
        "POST /v1/session HTTP/1.1\r\nhost: baton\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    body.write_all(request.as_bytes()).await.unwrap();
    let mut mute = TcpStream::connect(server.site.address()).await.unwrap();
    let upgrade = "GET /v1/socket HTTP/1.1\r\nhost: baton\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
        sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    mute.write_all(upgrade.as_bytes()).await.unwrap();
    let mut answer = [0; 12];
    mute.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 101");
    // They are all in the server's hands when somebody who came later is.
    let _customer = Customer::arrives(&server.site).await;
    server.terminate();
    let status = server.ended(SOON).await;
    assert!(status.success(), "{status}");
    drop((half, body, mute));
}

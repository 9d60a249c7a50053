//! One who does not read costs the others nothing, and is told to resume.

use std::time::Duration;

use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn a_socket_that_does_not_read_is_cut_off_and_its_neighbour_misses_nothing() {
    let house = House::open().await;
    let (customer, ana) = house.held_by_ana().await;
    let epoch = house.epoch(&customer).await;
    let mut stalled = house.socket(&customer.token).await;
    stalled.follow(customer.id, 0).await;
    let mut neighbour = house.socket(&customer.token).await;
    let (_, state) = neighbour.follow(customer.id, 0).await;
    let mut last = state["seq"].as_u64().unwrap();
    let text = "x".repeat(16_000);
    let mut number = 0_u32;
    // More than the buffers of both ends and the queue of a listener hold.
    let flood = async {
        while house.app.sockets() > 1 {
            number += 1;
            let message = json!({"client_id": format!("a{number}"), "text": text, "epoch": epoch});
            house.client.post(&customer.path("/messages"), Some(&ana), message).await.has(201);
            let frame = neighbour.until("events").await;
            for event in frame["events"].as_array().unwrap() {
                last += 1;
                assert_eq!(event["seq"].as_u64(), Some(last));
            }
        }
    };
    tokio::time::timeout(Duration::from_mins(2), flood).await.expect("the stalled socket is cut off");
    // It reads what was on the way, without a hole, and then that it was cut off.
    let code = stalled.closed().await;
    assert!(code == 4429 || code == 1006, "{code}");
    let mut back = house.socket(&customer.token).await;
    let (events, _) = back.follow(customer.id, 0).await;
    assert_eq!(events.last().unwrap()["seq"].as_u64(), Some(last));
}

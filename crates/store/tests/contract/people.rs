//! Customers, agents and secrets.

use baton_core::CustomerId;
use baton_store::{AgentState, Credential, Customer, StoreError, TokenKind, TokenRow};
use uuid::Uuid;

use crate::talk::{agent, at, key};
use crate::world::World;

fn customer(subject: Option<&str>) -> Customer {
    let attributes = serde_json::json!({ "plan": "gold", "orders": 3, "trial": false });
    let serde_json::Value::Object(attributes) = attributes else { unreachable!() };
    Customer {
        id: CustomerId(Uuid::now_v7()),
        channel: key("website"),
        subject: subject.map(str::to_owned),
        name: Some("Zoë <b>".into()),
        email: None,
        tier: Some("gold".into()),
        attributes,
        created_at: at(0),
    }
}

fn put(world: &World, customer: &Customer) -> Result<(), StoreError> {
    let customer = customer.clone();
    world.store.write_blocking(move |tx| tx.put_customer(&customer))
}

pub(crate) fn a_customer_is_known_by_id_and_by_identity(world: &World) {
    let mut known = customer(Some("user-7"));
    let id = known.id;
    put(world, &known).unwrap();
    assert_eq!(world.store.read_blocking(move |tx| tx.customer(id)).unwrap(), Some(known.clone()));
    known.email = Some("zoe@example.org".into());
    put(world, &Customer { created_at: at(99), ..known.clone() }).unwrap();
    let found = world.store.read_blocking(|tx| tx.customer_by_subject(&key("website"), "user-7")).unwrap();
    assert_eq!(found, Some(known), "changed, and still as old as they were");
    assert_eq!(world.store.read_blocking(|tx| tx.customer_by_subject(&key("app"), "user-7")).unwrap(), None);
    put(world, &customer(None)).unwrap();
    put(world, &customer(None)).unwrap();
}

pub(crate) fn one_identity_of_a_channel_is_one_customer(world: &World) {
    put(world, &customer(Some("user-7"))).unwrap();
    let refused = put(world, &customer(Some("user-7"))).unwrap_err();
    assert!(matches!(refused, StoreError::Conflict { .. }), "{refused}");
    put(world, &Customer { channel: key("app"), ..customer(Some("user-7")) }).unwrap();

    // A job that finds the identity taken can go on with the one who has it.
    let (late, subject) = (customer(Some("user-7")), "user-7");
    let found = world.store.write_blocking(move |tx| match tx.put_customer(&late) {
        Err(StoreError::Conflict { .. }) => tx.customer_by_subject(&key("website"), subject),
        other => panic!("{other:?}"),
    });
    assert!(found.unwrap().is_some());
}

pub(crate) fn an_agents_state_survives(world: &World) {
    let mut state = AgentState {
        agent: agent("ana"),
        availability: "available".into(),
        reason: None,
        changed_at: at(1),
        idle_since: at(1),
    };
    let ben = AgentState { agent: agent("ben"), ..state.clone() };
    let (first, second) = (state.clone(), ben.clone());
    world
        .store
        .write_blocking(move |tx| tx.put_agent_state(&second).and_then(|()| tx.put_agent_state(&first)))
        .unwrap();
    (state.availability, state.reason, state.changed_at) = ("away".into(), Some("lunch".into()), at(9));
    let away = state.clone();
    world.store.write_blocking(move |tx| tx.put_agent_state(&away)).unwrap();
    assert_eq!(world.store.read_blocking(|tx| tx.agent_states()).unwrap(), [state, ben]);
}

pub(crate) fn an_address_signs_in_one_agent_in_any_case(world: &World) {
    let ana = Credential {
        agent: agent("ana"),
        email: "Ána@Example.org".into(),
        password_hash: "$argon2id$one".into(),
        changed_at: at(0),
    };
    let put = |credential: &Credential| {
        let credential = credential.clone();
        world.store.write_blocking(move |tx| tx.put_credential(&credential))
    };
    put(&ana).unwrap();
    let found = world.store.read_blocking(|tx| tx.credential_by_email("áNA@example.ORG")).unwrap();
    assert_eq!(found, Some(ana.clone()));
    assert_eq!(world.store.read_blocking(|tx| tx.credential_by_email("ben@example.org")).unwrap(), None);

    let later = Credential { password_hash: "$argon2id$two".into(), ..ana.clone() };
    put(&later).unwrap();
    assert_eq!(world.store.read_blocking(|tx| tx.credential(&agent("ana"))).unwrap(), Some(later));
    let refused = put(&Credential { agent: agent("ben"), ..ana }).unwrap_err();
    assert!(matches!(refused, StoreError::Conflict { .. }), "{refused}");
}

fn token(number: u8, kind: TokenKind, subject: &str, family: &str) -> TokenRow {
    TokenRow {
        hash: [number; 32],
        kind,
        subject: subject.into(),
        family: family.into(),
        created_at: at(number.into()),
        expires_at: Some(at(100 + i64::from(number))),
        used_at: None,
        label: "laptop".into(),
    }
}

fn put_tokens(world: &World, tokens: &[TokenRow]) {
    let tokens = tokens.to_vec();
    world.store.write_blocking(move |tx| tokens.iter().try_for_each(|token| tx.put_token(token))).unwrap();
}

pub(crate) fn a_token_is_used_once(world: &World) {
    let session = token(1, TokenKind::Session, "ana", "f");
    put_tokens(world, std::slice::from_ref(&session));
    let find = |kind| world.store.read_blocking(move |tx| tx.token(kind, &[1; 32])).unwrap();
    assert_eq!(find(TokenKind::Session), Some(session.clone()));
    assert_eq!(find(TokenKind::BotKey), None, "a session is no key");

    let take = |seconds| world.store.write_blocking(move |tx| tx.use_token(&[1; 32], at(seconds))).unwrap();
    assert!(take(5));
    assert!(!take(6));
    assert_eq!(find(TokenKind::Session).unwrap().used_at, Some(at(5)));
    assert!(!world.store.write_blocking(|tx| tx.use_token(&[9; 32], at(5))).unwrap(), "one that never was");
    let again = world.store.write_blocking(move |tx| tx.put_token(&session)).unwrap_err();
    assert!(matches!(again, StoreError::Conflict { .. }), "{again}");
    world.store.write_blocking(|tx| tx.delete_token(&[1; 32])).unwrap();
    assert_eq!(find(TokenKind::Session), None);
}

pub(crate) fn a_family_of_tokens_ends_together(world: &World) {
    let kind = TokenKind::CustomerRefresh;
    let others = token(3, kind, "zoe", "g");
    let key = token(4, TokenKind::BotKey, "zoe", "g2");
    put_tokens(world, &[token(1, kind, "zoe", "f"), token(2, kind, "zoe", "f"), others.clone(), key.clone()]);
    let of = |kind| world.store.read_blocking(move |tx| tx.tokens_of(kind, "zoe")).unwrap();
    assert_eq!(of(kind).len(), 3);
    world.store.write_blocking(|tx| tx.delete_token_family("f")).unwrap();
    assert_eq!(of(kind), [others]);
    world.store.write_blocking(move |tx| tx.delete_tokens_of(kind, "zoe")).unwrap();
    assert_eq!(of(kind), []);
    assert_eq!(of(TokenKind::BotKey), [key]);
}

pub(crate) fn expired_tokens_go(world: &World) {
    let kind = TokenKind::Session;
    let for_ever = TokenRow { expires_at: None, ..token(3, kind, "ana", "c") };
    put_tokens(world, &[token(1, kind, "ana", "a"), token(2, kind, "ana", "b"), for_ever]);
    world.store.write_blocking(|tx| tx.delete_expired_tokens(at(101))).unwrap();
    let left = world.store.read_blocking(move |tx| tx.tokens_of(kind, "ana")).unwrap();
    assert_eq!(left.iter().map(|token| token.hash[0]).collect::<Vec<_>>(), [2, 3]);
}

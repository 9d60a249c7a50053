//! Files that were sent.

use baton_core::{ConversationId, Seq};
use baton_store::Attachment;
use uuid::Uuid;

use crate::talk::{Talk, at};
use crate::world::World;

fn upload(world: &World, conversation: ConversationId, seconds: i64, content: &'static [u8]) -> Attachment {
    let file = Attachment {
        id: Uuid::now_v7(),
        conversation,
        uploader: "agent:ana".to_owned(),
        name: "photo.png".to_owned(),
        media_type: "image/png".to_owned(),
        bytes: content.len() as u64,
        created_at: at(seconds),
        message: None,
    };
    let kept = file.clone();
    world.store.write_blocking(move |tx| tx.put_attachment(&kept, content)).unwrap();
    file
}

fn found(world: &World, id: Uuid) -> Option<Attachment> {
    world.store.read_blocking(move |tx| tx.attachment(id)).unwrap()
}

pub(crate) fn a_file_is_its_uploaders_until_it_belongs_to_a_message(world: &World) {
    let mut talk = Talk::begins(&world.store);
    talk.says("look at this");
    let (id, message) = (talk.id(), Seq(2));
    let file = upload(world, id, 0, &[0, 159, 255]);
    assert_eq!(found(world, file.id), Some(file.clone()));
    let content = world.store.read_blocking(move |tx| tx.attachment_content(file.id)).unwrap();
    assert_eq!(content.as_deref(), Some([0, 159, 255].as_slice()));

    // Another conversation cannot have it.
    let elsewhere = Talk::begins(&world.store).id();
    world.store.write_blocking(move |tx| tx.attach(file.id, elsewhere, Seq(1))).unwrap();
    assert_eq!(found(world, file.id).unwrap().message, None);

    world.store.write_blocking(move |tx| tx.attach(file.id, id, message)).unwrap();
    assert_eq!(found(world, file.id).unwrap().message, Some(message));
    let held = world.store.read_blocking(move |tx| tx.attachments_held(id)).unwrap();
    assert_eq!(held, (1, 3));

    world.store.write_blocking(move |tx| tx.delete_attachment(file.id)).unwrap();
    assert_eq!(found(world, file.id), None);
    assert_eq!(world.store.read_blocking(move |tx| tx.attachment_content(file.id)).unwrap(), None);
}

pub(crate) fn files_that_were_never_sent_are_forgotten(world: &World) {
    let mut talk = Talk::begins(&world.store);
    talk.says("here");
    let id = talk.id();
    let (old, sent, young) = (upload(world, id, 0, b"a"), upload(world, id, 0, b"b"), upload(world, id, 60, b"c"));
    let (old, sent, young) = (old.id, sent.id, young.id);
    world.store.write_blocking(move |tx| tx.attach(sent, id, Seq(2))).unwrap();
    world.store.write_blocking(|tx| tx.delete_stray_attachments(at(30))).unwrap();
    assert!(found(world, old).is_none() && found(world, sent).is_some() && found(world, young).is_some());
}

//! Files as everybody who reads a message sees them.

use baton_engine::is_picture;
use baton_store::{Attachment, Body};
use serde_json::Value;

use crate::wire::AttachmentView;

pub(crate) fn attachment_view(file: &Attachment) -> AttachmentView {
    AttachmentView {
        id: file.id,
        name: file.name.clone(),
        media_type: file.media_type.clone(),
        bytes: file.bytes,
        picture: is_picture(&file.media_type),
    }
}

/// The files beside a message.
pub(super) fn beside(body: &Body) -> Vec<AttachmentView> {
    let listed = body.extra.get("attachments").and_then(Value::as_array).into_iter().flatten();
    let text = |file: &Value, name: &str| file.get(name)?.as_str().map(str::to_owned);
    listed
        .filter_map(|file| {
            let media_type = text(file, "media_type")?;
            Some(AttachmentView {
                id: text(file, "id")?.parse().ok()?,
                name: text(file, "name")?,
                bytes: file.get("bytes")?.as_u64()?,
                picture: is_picture(&media_type),
                media_type,
            })
        })
        .collect()
}

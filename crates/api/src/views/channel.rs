//! What a channel shows its customers.

use baton_core::ChannelId;
use baton_engine::config::{FieldDocument, FieldKindWord, PositionWord, TextsDocument, ThemeWord, WidgetDocument};
use baton_engine::{ChannelConfig, Deployment};

use crate::wire::{ChannelView, ConsentView, FieldKindName, FieldView, PositionName, TextsView, ThemeName, WidgetView};

/// A channel as its customers see it, and as the loader is told.
pub fn channel_view(channel: &ChannelId, config: &ChannelConfig, deployment: &Deployment) -> ChannelView {
    ChannelView {
        channel: channel.to_string(),
        title: config.title.clone(),
        greeting: config.greeting.clone(),
        bot_name: deployment.bot_name(&config.bot).to_owned(),
        colour: config.colour.clone(),
        suggestions: config.suggestions.clone(),
        widget: widget_view(&config.widget),
        demonstration: false,
    }
}

fn widget_view(widget: &WidgetDocument) -> WidgetView {
    WidgetView {
        dark_colour: widget.dark_colour.clone(),
        radius: widget.radius,
        position: match widget.position {
            PositionWord::End => PositionName::End,
            PositionWord::Left => PositionName::Left,
            PositionWord::Right => PositionName::Right,
        },
        theme: match widget.theme {
            ThemeWord::Auto => ThemeName::Auto,
            ThemeWord::Light => ThemeName::Light,
            ThemeWord::Dark => ThemeName::Dark,
        },
        launcher_label: widget.launcher_label.clone(),
        open_after_s: widget.open_after_s,
        sound: widget.sound,
        thumbs: widget.thumbs,
        form: widget.form.iter().map(field_view).collect(),
        consent: widget
            .consent
            .as_ref()
            .map(|consent| ConsentView { text: consent.text.clone(), link: consent.link.clone() }),
        texts: widget.texts.iter().map(|(language, texts)| (language.clone(), texts_view(texts))).collect(),
    }
}

fn field_view(field: &FieldDocument) -> FieldView {
    FieldView {
        key: field.key.clone(),
        label: field.label.clone(),
        kind: match field.kind {
            FieldKindWord::Text => FieldKindName::Text,
            FieldKindWord::Email => FieldKindName::Email,
            FieldKindWord::Phone => FieldKindName::Phone,
            FieldKindWord::Choice => FieldKindName::Choice,
        },
        required: field.required,
        options: field.options.clone(),
    }
}

fn texts_view(texts: &TextsDocument) -> TextsView {
    TextsView {
        title: texts.title.clone(),
        greeting: texts.greeting.clone(),
        suggestions: texts.suggestions.clone(),
        launcher_label: texts.launcher_label.clone(),
        consent: texts.consent.clone(),
        labels: texts.labels.clone(),
        options: texts.options.clone(),
    }
}

// A channel's looks and words as the customer gets them: in their language, in colours that can be read.
import type { ChannelView } from "@baton/client/wire";
import { brandColours } from "./colour.ts";

/** The surfaces of style.css on which the brand's colour is written. */
const LIGHT = "#ffffff";
const DARK = "#16181d";

/** The channel with the words of `language` in place of its own, where it has them. */
export function localised(channel: ChannelView, language: string): ChannelView {
  const { widget } = channel;
  const base = language.split("-")[0]?.toLowerCase() ?? language;
  const texts = widget.texts[language] ?? widget.texts[base];
  if (!texts) return channel;
  return {
    ...channel,
    title: texts.title ?? channel.title,
    greeting: texts.greeting ?? channel.greeting,
    suggestions: texts.suggestions ?? channel.suggestions,
    widget: {
      ...widget,
      launcher_label: texts.launcher_label ?? widget.launcher_label,
      consent: widget.consent ? { ...widget.consent, text: texts.consent ?? widget.consent.text } : null,
      form: widget.form.map((field) => ({
        ...field,
        label: texts.labels[field.key] ?? field.label,
        options: { ...field.options, ...texts.options[field.key] },
      })),
    },
  };
}

/** By script, since the page's policy allows no style in the markup. */
export function paint(channel: ChannelView, root: HTMLElement): void {
  const { widget } = channel;
  const light = brandColours(channel.colour, LIGHT, DARK);
  const dark = brandColours(widget.dark_colour ?? channel.colour, LIGHT, DARK);
  for (const [name, value] of Object.entries({
    "--brand-light": light.brand,
    "--on-brand-light": light.onBrand,
    "--brand-dark": dark.brand,
    "--on-brand-dark": dark.onBrand,
    "--brand-ink-light": light.inkOnLight,
    "--brand-ink-dark": dark.inkOnDark,
    "--radius": `${Math.min(widget.radius, 16)}px`,
  })) {
    root.style.setProperty(name, value);
  }
  root.dataset.theme = widget.theme;
}

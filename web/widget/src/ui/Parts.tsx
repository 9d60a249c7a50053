// What stands beside a bot's words: buttons, cards, files, and the thumbs under them.
import type { ActionPart, AttachmentView, CardPart } from "@baton/client/wire";
import { useEffect, useState } from "preact/hooks";
import { FileIcon, LinkIcon, ThumbIcon } from "./icons.tsx";
import type { Show } from "./show.ts";

/** Only pages are opened; the server refuses anything else, and so does this. */
export function isPage(href: string | null | undefined): href is string {
  return typeof href === "string" && /^(https?:\/\/|\/(?!\/))/.test(href);
}

/** `live` buttons can be pressed: only what was said last asks something. */
export function Actions({ parts, live, actions }: { parts: ActionPart[]; live: boolean; actions: Show["actions"] }) {
  const shown = parts.filter((part) => live || isPage(part.href));
  if (shown.length === 0) return null;
  return (
    <ul class="actions">
      {shown.map((part) => (
        <li key={part.label}>
          {isPage(part.href) ? (
            <a class="action" href={part.href} target="_blank" rel="noopener noreferrer">
              <LinkIcon />
              <span dir="auto">{part.label}</span>
            </a>
          ) : (
            <button type="button" class="action" dir="auto" onClick={() => actions.write(part.text || part.label)}>
              {part.label}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

export function Cards({ cards, live, actions }: { cards: CardPart[]; live: boolean; actions: Show["actions"] }) {
  if (cards.length === 0) return null;
  return (
    <ul class="parts">
      {cards.map((card) => (
        <li class="part" key={card.title}>
          <p class="part-title" dir="auto">
            {isPage(card.href) ? (
              <a href={card.href} target="_blank" rel="noopener noreferrer">
                {card.title}
              </a>
            ) : (
              card.title
            )}
          </p>
          {card.text && (
            <p class="soft" dir="auto">
              {card.text}
            </p>
          )}
          <Actions parts={card.actions ?? []} live={live} actions={actions} />
        </li>
      ))}
    </ul>
  );
}

export function Thumbs(props: { message: number; helpful: boolean | null } & Pick<Show, "actions" | "speech">) {
  const { message, helpful, actions, speech } = props;
  return (
    <div class="thumbs">
      {([true, false] as const).map((value) => (
        <button
          type="button"
          class="quiet"
          key={String(value)}
          aria-label={value ? speech.words.helpful : speech.words.notHelpful}
          aria-pressed={helpful === value}
          onClick={() => actions.rateAnswer(message, helpful === value ? null : value)}
        >
          <ThumbIcon up={value} />
        </button>
      ))}
    </div>
  );
}

/** Files are fetched with the customer's own right to them, and saved; pictures are also shown. */
export function Files({
  files,
  openFile,
  speech,
}: { files: readonly AttachmentView[]; openFile: Show["openFile"] } & Pick<Show, "speech">) {
  if (files.length === 0) return null;
  return (
    <ul class="files">
      {files.map((file) => (
        <li key={file.id}>
          {file.picture && file.bytes <= PREVIEW_BYTES_MAX && openFile && <Preview file={file} openFile={openFile} />}
          <button
            type="button"
            class="file"
            onClick={() =>
              openFile?.(file).then(
                (url) => save(url, file.name),
                () => {},
              )
            }
          >
            <FileIcon />
            <span dir="auto">{file.name}</span> <small>{sizeOf(file.bytes, speech.formats.language)}</small>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** A larger picture is only offered for saving. */
const PREVIEW_BYTES_MAX = 4_000_000;

function Preview({ file, openFile }: { file: AttachmentView; openFile: NonNullable<Show["openFile"]> }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let gone = false;
    openFile(file).then(
      (opened) => {
        made = opened;
        if (gone) URL.revokeObjectURL(opened);
        else setUrl(opened);
      },
      () => {},
    );
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [file.id]);
  return url && <img src={url} alt={file.name} />;
}

function save(url: string, name: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function sizeOf(bytes: number, language: string): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1_000, "kilobyte"] : [bytes / 1_000_000, "megabyte"];
  const format = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: value < 10 ? 1 : 0 } as const;
  return new Intl.NumberFormat(language, format).format(value);
}

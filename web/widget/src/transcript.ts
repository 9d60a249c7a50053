// The conversation to keep: as text, or as a page that holds nothing but text. Loaded when somebody asks for it.
import type { Conversation } from "@baton/client/conversation";
import { type Line, linesOf } from "./phase.ts";
import { fill, type Speech } from "./words/catalogue.ts";

type Entry = { who: string; at: number | null; text: string };

export function entriesOf(conversation: Conversation, { words, formats }: Speech): Entry[] {
  const entryOf = (line: Line): Entry[] => {
    switch (line.kind) {
      case "message": {
        const { kind, name } = line.author;
        const who = kind === "customer" ? words.you : `${name} (${kind === "bot" ? words.bot : words.person})`;
        const said = line.body.form === "erased" ? words.erased : line.text;
        const beside = [
          ...line.attachments.map((file) => file.name),
          ...line.cards.map((card) => [card.title, card.text].filter(Boolean).join(": ")),
        ];
        return [{ who, at: line.at, text: [said, ...beside.map((text) => `[${text}]`)].filter(Boolean).join("\n") }];
      }
      case "notice":
        return [{ who: "", at: line.at, text: line.text }];
      case "rated":
        return [{ who: "", at: null, text: fill(words.rated, { rating: formats.number(line.rating) }) }];
      case "day":
      case "pending":
      case "survey":
      case "ended":
        return [];
    }
  };
  return linesOf(conversation, 0).flatMap(entryOf);
}

export function asText(title: string, conversation: Conversation, speech: Speech, now: number): string {
  const lines = entriesOf(conversation, speech).map(({ who, at, text }) => {
    const head = [at === null ? "" : stamp(at), who].filter(Boolean).join(" ");
    return who ? `${head}:\n${text}` : [head, text].filter(Boolean).join(" ");
  });
  return `${[fill(speech.words.transcriptTitle, { title }), stamp(now), ...lines].join("\n\n")}\n`;
}

export function asPage(title: string, conversation: Conversation, speech: Speech, now: number): string {
  const heading = escaped(fill(speech.words.transcriptTitle, { title }));
  const rows = entriesOf(conversation, speech).map(({ who, at, text }) => {
    const head = [at === null ? "" : stamp(at), who].filter(Boolean).join(" · ");
    return `<p><small>${escaped(head)}</small><br><span dir="auto">${escaped(text)}</span></p>`;
  });
  // The page may do nothing, whatever was said in it.
  return `<!doctype html>
<html lang="${escaped(speech.formats.language)}" dir="${speech.direction}"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${heading}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-inline-size:42rem;margin:2rem auto;padding:0 1rem}small{color:#555}span{white-space:pre-wrap;overflow-wrap:anywhere}</style>
<h1>${heading}</h1><p>${escaped(stamp(now))}</p>
${rows.join("\n")}
</html>
`;
}

/** ISO, since it is kept and read elsewhere. */
function stamp(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace("T", " ");
}

function escaped(text: string): string {
  const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}

/** Makes the file and hands it to the browser to save. */
export function keep(
  form: "text" | "page",
  title: string,
  conversation: Conversation,
  speech: Speech,
  now: number,
): void {
  const day = stamp(now).slice(0, 10);
  if (form === "text") save(asText(title, conversation, speech, now), "text/plain;charset=utf-8", `${day}.txt`);
  else save(asPage(title, conversation, speech, now), "text/html;charset=utf-8", `${day}.html`);
}

function save(text: string, type: string, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

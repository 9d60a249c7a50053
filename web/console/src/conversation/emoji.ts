// A small list of emoji, found by `:` and a word: those that people write to customers.

export type Emoji = { mark: string; words: string };

export const EMOJI: readonly Emoji[] = [
  { mark: "👋", words: "wave hello hola saludo" },
  { mark: "🙂", words: "smile sonrisa" },
  { mark: "😀", words: "grin happy feliz" },
  { mark: "😅", words: "sweat phew alivio" },
  { mark: "😉", words: "wink guino" },
  { mark: "😊", words: "blush pleased contento" },
  { mark: "😕", words: "confused confuso" },
  { mark: "😔", words: "sad sorry triste perdon" },
  { mark: "🤔", words: "think pensar" },
  { mark: "👍", words: "thumbs up yes ok si" },
  { mark: "👎", words: "thumbs down no" },
  { mark: "👏", words: "clap bravo aplauso" },
  { mark: "🙏", words: "please thanks gracias favor" },
  { mark: "🙌", words: "hooray yay viva" },
  { mark: "💪", words: "strong fuerza" },
  { mark: "🎉", words: "party celebrate fiesta" },
  { mark: "❤️", words: "heart love corazon" },
  { mark: "✅", words: "done check hecho" },
  { mark: "❌", words: "cross no wrong mal" },
  { mark: "⚠️", words: "warning aviso" },
  { mark: "❓", words: "question pregunta" },
  { mark: "💡", words: "idea light" },
  { mark: "📎", words: "paperclip attachment adjunto" },
  { mark: "📦", words: "package parcel paquete" },
  { mark: "🚚", words: "delivery truck envio" },
  { mark: "💳", words: "card payment pago tarjeta" },
  { mark: "🧾", words: "receipt invoice factura" },
  { mark: "📅", words: "date calendar fecha" },
  { mark: "⏳", words: "wait time espera" },
  { mark: "📞", words: "phone call llamada telefono" },
  { mark: "📧", words: "mail email correo" },
  { mark: "🔗", words: "link enlace" },
  { mark: "🔒", words: "lock secure seguro" },
  { mark: "🛠️", words: "tools fix reparar" },
  { mark: "🐞", words: "bug error fallo" },
  { mark: "🚀", words: "rocket launch cohete" },
];

const SHOWN_MAX = 8;

/** A `:` that begins a word with two letters or more after it. */
export function colonAt(text: string, caret: number): { from: number; to: number; asked: string } | null {
  const found = /(?:^|\s):([\p{L}]{2,})$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const asked = found[1] ?? "";
  return { from: caret - asked.length - 1, to: caret, asked };
}

export function emojiFor(asked: string): Emoji[] {
  const wanted = asked.toLowerCase();
  return EMOJI.filter(({ words }) => words.split(" ").some((word) => word.startsWith(wanted))).slice(0, SHOWN_MAX);
}

// The loader's few words.

type Labels = { title: string; close: string; open(unread: number): string };

const LABELS: { en: Labels; es: Labels } = {
  en: {
    title: "Chat",
    close: "Close chat",
    open: (unread) => (unread ? `Open chat, ${unread} unread` : "Open chat"),
  },
  es: {
    title: "Chat",
    close: "Cerrar el chat",
    open: (unread) => (unread ? `Abrir el chat, ${unread} sin leer` : "Abrir el chat"),
  },
};

export function labelsFor(language: string): Labels {
  return /^es\b/i.test(language) ? LABELS.es : LABELS.en;
}

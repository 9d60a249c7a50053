// The loader's few words. Everything else the frame says, which has the words.

const LABELS: Record<string, string> = {
  es: "Abrir el chat",
  fr: "Ouvrir le chat",
  de: "Chat öffnen",
  it: "Apri la chat",
  pt: "Abrir o chat",
  nl: "Chat openen",
  pl: "Otwórz czat",
  tr: "Sohbeti aç",
  ar: "فتح المحادثة",
  ja: "チャットを開く",
  zh: "打开对话",
  ko: "채팅 열기",
};

export function toOpen(language: string): string {
  return LABELS[language.slice(0, 2).toLowerCase()] ?? "Open chat";
}

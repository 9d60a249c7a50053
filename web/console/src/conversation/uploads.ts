// Files on their way to the server, before the message that they belong to: progress, failure, taking back.

import { ApiProblem } from "@baton/client/http";
import { uploadFile } from "@baton/client/upload";
import type { AttachmentView } from "@baton/client/wire";
import { useCallback, useRef, useState } from "react";

export type Upload = { key: string; name: string; bytes: number } & (
  | { at: "sending"; share: number }
  | { at: "there"; file: AttachmentView }
  | { at: "failed"; why: "too_large" | "refused" | "network" }
);

/** As the server counts. */
export const FILE_BYTES_MAX = 10 * 1024 * 1024;
export const FILES_MAX = 10;

export type Uploads = {
  all: readonly Upload[];
  /** Every file is there, so that the message can go. */
  ready: boolean;
  files: AttachmentView[];
  add: (files: readonly File[]) => void;
  remove: (key: string) => void;
  /** They belong to a message now. */
  clear: () => void;
};

/** Sends one file, as it is, and says how far it is; the browser's `fetch` cannot. */
export type Sender = (
  conversation: string,
  file: File,
  progress: (share: number) => void,
) => { done: Promise<AttachmentView>; stop: () => void };

export function useUploads(conversation: string, send: Sender = sendFile): Uploads {
  const [all, setAll] = useState<readonly Upload[]>([]);
  const stops = useRef(new Map<string, () => void>());
  const change = useCallback((key: string, to: (upload: Upload) => Upload) => {
    setAll((before) => before.map((upload) => (upload.key === key ? to(upload) : upload)));
  }, []);
  const begin = (file: File): Upload => {
    const base = { key: crypto.randomUUID(), name: file.name, bytes: file.size };
    if (file.size > FILE_BYTES_MAX) return { ...base, at: "failed", why: "too_large" };
    const sending = send(conversation, file, (share) => change(base.key, () => ({ ...base, at: "sending", share })));
    stops.current.set(base.key, sending.stop);
    sending.done.then(
      (kept) => change(base.key, () => ({ ...base, name: kept.name, at: "there", file: kept })),
      (failure: unknown) => change(base.key, () => ({ ...base, at: "failed", why: whyOf(failure) })),
    );
    return { ...base, at: "sending", share: 0 };
  };
  return {
    all,
    ready: all.every(({ at }) => at === "there"),
    files: all.flatMap((upload) => (upload.at === "there" ? [upload.file] : [])),
    add: (files) => {
      const room = Math.max(0, FILES_MAX - all.length);
      const begun = files.slice(0, room).map(begin);
      setAll((before) => [...before, ...begun]);
    },
    remove: (key) => {
      stops.current.get(key)?.();
      const upload = all.find((one) => one.key === key);
      setAll((before) => before.filter((one) => one.key !== key));
      // What is forgotten here the server forgets by itself after a day; sooner is politer.
      if (upload?.at === "there") void discard(conversation, upload.file.id);
    },
    clear: () => setAll([]),
  };
}

export function fileAddress(conversation: string, attachment: string): string {
  return `/v1/conversations/${conversation}/attachments/${attachment}`;
}

export function sendFile(conversation: string, file: File, onProgress: (share: number) => void): ReturnType<Sender> {
  const stop = new AbortController();
  const done = uploadFile({ base: "", conversation, file, onProgress, signal: stop.signal });
  return { done, stop: () => stop.abort() };
}

function whyOf(failure: unknown): "too_large" | "refused" | "network" {
  if (!(failure instanceof ApiProblem)) return "network";
  return failure.problem.status === 413 ? "too_large" : "refused";
}

async function discard(conversation: string, attachment: string): Promise<void> {
  await fetch(fileAddress(conversation, attachment), {
    method: "DELETE",
    headers: { "x-baton-request": "1" },
    credentials: "same-origin",
  }).catch(() => {});
}

/** The files of a drop or a paste. */
export function filesOf(transfer: DataTransfer | null): File[] {
  return [...(transfer?.files ?? [])];
}

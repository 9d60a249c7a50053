// Files: beside a message that is there, and under one that is being written.

import type { AttachmentView } from "@baton/client/wire";
import { FileText, X } from "lucide-react";
import { useFormats, useWords } from "../words/words";
import { fileAddress, type Uploads } from "./uploads";

export function Files({ conversation, files }: { conversation: string; files: readonly AttachmentView[] }) {
  const words = useWords();
  if (files.length === 0) return null;
  return (
    <ul aria-label={words.files.label} className="mt-1.5 flex flex-wrap gap-2 empty:hidden">
      {files.map((file) => (
        <li key={file.id} className="min-w-0">
          <a
            href={fileAddress(conversation, file.id)}
            download={file.name}
            className="flex max-w-64 min-w-0 flex-col gap-1 rounded-md bg-sunken p-1.5 text-xs text-soft hover:text-ink"
          >
            {file.picture && (
              <img
                src={fileAddress(conversation, file.id)}
                alt=""
                loading="lazy"
                decoding="async"
                className="max-h-48 max-w-full rounded object-contain"
              />
            )}
            <span className="flex items-center gap-1.5">
              <FileText aria-hidden="true" className="size-3.5 shrink-0" />
              <bdi className="min-w-0 truncate">{file.name}</bdi>
              <Size bytes={file.bytes} />
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

export function Uploading({ conversation, uploads }: { conversation: string; uploads: Uploads }) {
  const words = useWords();
  if (uploads.all.length === 0) return null;
  return (
    <ul aria-label={words.files.label} className="mt-2 flex flex-wrap gap-2">
      {uploads.all.map((upload) => (
        <li
          key={upload.key}
          className={`flex max-w-64 items-center gap-2 rounded-md border p-1.5 text-xs ${
            upload.at === "failed" ? "border-bad-line bg-bad-tint text-bad-ink" : "border-line bg-surface text-soft"
          }`}
        >
          {upload.at === "there" && upload.file.picture ? (
            <img
              src={fileAddress(conversation, upload.file.id)}
              alt=""
              className="size-8 shrink-0 rounded object-cover"
            />
          ) : (
            <FileText aria-hidden="true" className="size-4 shrink-0" />
          )}
          <span className="min-w-0">
            <bdi className="block truncate">{upload.name}</bdi>
            {upload.at === "sending" && (
              <progress
                aria-label={words.files.sending(upload.name)}
                value={upload.share}
                max={1}
                className="h-1 w-24 accent-accent"
              />
            )}
            {upload.at === "there" && <Size bytes={upload.bytes} />}
            {upload.at === "failed" && <span role="alert">{words.files.failed[upload.why]}</span>}
          </span>
          <button
            type="button"
            aria-label={words.files.remove(upload.name)}
            onClick={() => uploads.remove(upload.key)}
            className="grid size-6 shrink-0 place-items-center rounded hover:bg-hover"
          >
            <X aria-hidden="true" className="size-3.5" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Size({ bytes }: { bytes: number }) {
  const { number } = useFormats();
  const kilo = bytes / 1024;
  return (
    <span className="shrink-0 text-faint">
      {kilo < 1024 ? `${number(Math.max(1, Math.round(kilo)))} kB` : `${number(Math.round(kilo / 102.4) / 10)} MB`}
    </span>
  );
}

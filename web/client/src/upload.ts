// Files to and from a conversation.
import { ApiProblem, NetworkFailure } from "./http.ts";
import type { AttachmentView, Problem } from "./wire.ts";

export type Upload = {
  /** Of the server, as for `createApi`. */
  base: string;
  conversation: string;
  file: File;
  /** The bearer token; absent where a cookie says who asks. */
  token?: string;
  /** From 0 to 1. */
  onProgress: (share: number) => void;
  signal?: AbortSignal;
};

/** Uploads one file with its progress, which `fetch` cannot tell. Fails with `ApiProblem` or `NetworkFailure`, like every call. */
export function uploadFile({ base, conversation, file, token, onProgress, signal }: Upload): Promise<AttachmentView> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ name: file.name || "file" });
    request.open("POST", `${base}/v1/conversations/${conversation}/attachments?${query}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    if (token === undefined) request.setRequestHeader("x-baton-request", "1");
    else request.setRequestHeader("authorization", `Bearer ${token}`);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = request.onabort = () => reject(new NetworkFailure("the upload broke off"));
    request.onload = () => {
      try {
        const answer: unknown = JSON.parse(request.responseText);
        if (request.status === 201) resolve(answer as AttachmentView);
        else reject(new ApiProblem(answer as Problem));
      } catch (cause) {
        reject(new NetworkFailure("the upload was answered with no JSON", { cause }));
      }
    };
    signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

/** An address in this page of one file, with the token's right to it, since its own address alone opens nothing. */
export async function fetchFile(base: string, conversation: string, file: string, token: string): Promise<string> {
  const answer = await fetch(`${base}/v1/conversations/${conversation}/attachments/${file}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!answer.ok) throw new NetworkFailure(`the file was not given: ${answer.status}`);
  return URL.createObjectURL(await answer.blob());
}

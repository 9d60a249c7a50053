// Files that go with the next message: how far they are, and the way to take them back.
import { fill } from "../words/catalogue.ts";
import { CloseIcon, FileIcon } from "./icons.tsx";
import { sizeOf } from "./Parts.tsx";
import type { Show } from "./show.ts";

export function Uploads({
  uploads,
  actions,
  speech,
}: { uploads: Show["state"]["uploads"] } & Pick<Show, "actions" | "speech">) {
  const { words, formats } = speech;
  const percent = new Intl.NumberFormat(formats.language, { style: "percent" });
  return (
    <ul class="uploads">
      {uploads.map(({ id, name, bytes, share, file, trouble }) => (
        <li key={id} class={trouble ? "failed" : ""}>
          <FileIcon />
          <span class="upload-name" dir="auto">
            {trouble
              ? fill(words.notUploaded, { name, detail: trouble === "network" ? words.troubleNetwork : trouble.detail })
              : name}
          </span>
          {file ? (
            <small>{sizeOf(bytes, formats.language)}</small>
          ) : (
            !trouble && (
              <progress
                value={share}
                max={1}
                aria-label={fill(words.uploading, { name, percent: percent.format(share) })}
              />
            )
          )}
          <button
            type="button"
            class="quiet"
            aria-label={fill(words.removeFile, { name })}
            onClick={() => actions.detach(id)}
          >
            <CloseIcon />
          </button>
        </li>
      ))}
    </ul>
  );
}

import type { Pending } from "@baton/client/conversation";
import type { AuthorView, SourceView } from "@baton/client/wire";
import type { ComponentChildren } from "preact";
import type { Body, Line, Receipt } from "../phase.ts";
import { fill } from "../words/catalogue.ts";
import { Avatar } from "./Avatar.tsx";
import { AlertIcon, ClipIcon, PageIcon } from "./icons.tsx";
import { lazily } from "./lazily.tsx";
import { SafeHtml } from "./SafeHtml.tsx";
import type { Show } from "./show.ts";

const Actions = lazily(async () => (await import("./Parts.tsx")).Actions);
const Cards = lazily(async () => (await import("./Parts.tsx")).Cards);
const Files = lazily(async () => (await import("./Parts.tsx")).Files);
const Thumbs = lazily(async () => (await import("./Parts.tsx")).Thumbs);

type MessageLine = Extract<Line, { kind: "message" }>;

/** A message that is on the server's disk. `last` is what was said last. */
export function Message(props: { line: MessageLine; receipt: Receipt | null; last: boolean } & Show) {
  const { line, receipt, last, speech, actions, openFile, state } = props;
  const { words, formats } = speech;
  const body =
    line.body.form === "text" && line.body.text === "" ? null : <BodyOf body={line.body} erased={words.erased} />;
  const files = line.attachments.length > 0 && <Files files={line.attachments} openFile={openFile} speech={speech} />;
  if (line.author.kind === "customer") {
    return (
      <Own
        first={line.first}
        time={formats.time(line.at)}
        says={words.youSay}
        status={receipt && words[receipt]}
        files={files}
      >
        {body}
      </Own>
    );
  }
  const { conversation } = state;
  const live = last && conversation?.state?.controller.kind === "bot";
  const asked = conversation?.state?.suggest_person ?? false;
  const thumbs = line.rateable && state.channel?.widget.thumbs && (last || line.helpful !== null);
  return (
    <Theirs author={line.author} first={line.first} time={formats.time(line.at)} words={words}>
      {body && <div class="bubble">{body}</div>}
      {files}
      {line.cards.length > 0 && <Cards cards={line.cards} live={live} actions={actions} />}
      <Sources sources={line.sources} title={words.sources} />
      {/* The offer of a person has buttons of its own. */}
      {line.actions.length > 0 && <Actions parts={line.actions} live={live && !asked} actions={actions} />}
      {thumbs && <Thumbs message={Number(line.key)} helpful={line.helpful} actions={actions} speech={speech} />}
    </Theirs>
  );
}

/** A message of ours on its way. */
export function PendingMessage(
  props: { pending: Pending; first: boolean; last: boolean; online: boolean } & Pick<Show, "actions" | "speech">,
) {
  const { pending, actions, speech } = props;
  const { words } = speech;
  const failed = pending.status.at === "failed" ? pending.status.problem : null;
  const status = pending.status.at === "acked" ? words.sent : props.online ? words.sending : words.waitingToSend;
  return (
    <Own first={props.first} time={null} says={words.youSay} status={failed || !props.last ? null : status} pending>
      {pending.text && (
        <p class="plain" dir="auto">
          {pending.text}
        </p>
      )}
      {pending.attachments?.map((file) => (
        <p class="plain" dir="auto" key={file.id}>
          <ClipIcon /> {file.name}
        </p>
      ))}
      {failed && (
        <div class="failed">
          <p>
            <AlertIcon /> {words.failed} {failed.detail || failed.title}
          </p>
          <button type="button" onClick={() => actions.retry(pending.clientId)}>
            {words.retry}
          </button>
          <button type="button" onClick={() => actions.discard(pending.clientId)}>
            {words.discard}
          </button>
        </div>
      )}
    </Own>
  );
}

/** A message of a bot or a person, with who it is from. */
export function Theirs(props: {
  author: AuthorView;
  first: boolean;
  time: string | null;
  words: Show["speech"]["words"];
  children: ComponentChildren;
}) {
  const { author, first, time, words } = props;
  const bot = author.kind === "bot";
  return (
    <div class={`line theirs ${bot ? "of-bot" : "of-person"} ${first ? "first" : ""}`}>
      {first && <Avatar kind={author.kind} name={author.name} />}
      <div class="stack">
        {first ? (
          <p class="author">
            <b>{author.name}</b> <span class="tag">{bot ? words.bot : words.person}</span> {time && <time>{time}</time>}
          </p>
        ) : (
          <p class="hidden">{fill(bot ? words.botSays : words.personSays, { name: author.name })}</p>
        )}
        {props.children}
      </div>
    </div>
  );
}

function Own(props: {
  first: boolean;
  time: string | null;
  says: string;
  status: string | null;
  pending?: boolean;
  files?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <div class={`line own ${props.first ? "first" : ""} ${props.pending ? "pending" : ""}`}>
      <div class="stack">
        <p class="hidden">{props.says}</p>
        {props.children && <div class="bubble">{props.children}</div>}
        {props.files}
        {(props.status || props.time) && (
          <p class="receipt">{[props.time, props.status].filter(Boolean).join(" · ")}</p>
        )}
      </div>
    </div>
  );
}

function BodyOf({ body, erased }: { body: Body; erased: string }) {
  switch (body.form) {
    case "text":
      return (
        <p class="plain" dir="auto">
          {body.text}
        </p>
      );
    case "html":
      return <SafeHtml html={body.html} />;
    case "erased":
      return (
        <p class="plain erased" dir="auto">
          {erased}
        </p>
      );
  }
}

function Sources({ sources, title }: { sources: SourceView[]; title: string }) {
  // Articles are on this server; an address that leads elsewhere is none.
  const own = sources.filter(({ href }) => /^\/(?!\/)/.test(href));
  if (own.length === 0) return null;
  return (
    <ul class="sources" aria-label={title}>
      {own.map(({ href, title }) => (
        <li key={href}>
          <a href={href} target="_blank" rel="noopener">
            <PageIcon />
            <span>{title}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

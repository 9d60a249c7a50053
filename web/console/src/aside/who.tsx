// Who the customer is, as far as anybody vouches for it.

import type { ConversationView } from "@baton/client/wire";
import { BadgeCheck, UserRound } from "lucide-react";
import { Badge, Initials } from "../parts/marks";
import { languageName, useNow } from "../time";
import { useFormats, useLanguage, useWords } from "../words/words";
import { Facts } from "./section";

/** The attribute that channels put the page's address in. */
const PAGE = "page";

export function Who({ state, customerName }: { state: ConversationView; customerName: string }) {
  const words = useWords();
  const language = useLanguage();
  const formats = useFormats();
  const now = useNow(60_000);
  const { customer } = state;
  const attributes = Object.entries(customer?.attributes ?? {}).filter(([name]) => name !== PAGE);
  const page = customer?.attributes[PAGE];
  const rows = [
    customer?.email
      ? {
          name: words.aside.email,
          value: (
            <a className="text-accent-ink hover:underline" href={`mailto:${customer.email}`}>
              {customer.email}
            </a>
          ),
        }
      : null,
    { name: words.aside.language, value: languageName(state.language, language) },
    typeof page === "string" ? { name: words.aside.page, value: <Page address={page} /> } : null,
    { name: words.aside.channel, value: state.channel },
    { name: words.aside.startedAt, value: formats.moment(state.started_at, now) },
  ].filter((row) => row !== null);
  return (
    <section aria-label={words.aside.who} className="border-b border-line px-4 pt-4 pb-3">
      <div className="mb-3 flex items-center gap-3">
        {customer?.name ? (
          <Initials name={customerName} size="large" />
        ) : (
          <span aria-hidden="true" className="grid size-10 place-items-center rounded-full bg-sunken text-faint">
            <UserRound className="size-5" />
          </span>
        )}
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-base font-semibold">{customerName}</h2>
          <p className="flex flex-wrap gap-1 pt-0.5">
            {customer?.identified ? (
              <Badge tone="good" title={words.aside.identifiedHint}>
                <BadgeCheck aria-hidden="true" className="size-3" />
                {words.aside.identified}
              </Badge>
            ) : (
              <Badge title={words.aside.anonymousHint}>{words.aside.anonymous}</Badge>
            )}
            {customer?.tier && <Badge tone="accent">{customer.tier}</Badge>}
          </p>
        </div>
      </div>
      <Facts rows={rows} />
      {attributes.length > 0 && (
        <details className="mt-2 text-sm">
          <summary className="-mx-1 min-h-6 rounded-sm px-1 text-xs text-faint hover:text-ink">
            {words.aside.showAttributes(attributes.length)}
          </summary>
          <div className="pt-1.5">
            <Facts rows={attributes.map(([name, value]) => ({ name, value: String(value) }))} />
          </div>
        </details>
      )}
    </section>
  );
}

/** A link only where it leads to a page; anything else a customer's browser may claim stays text. */
function Page({ address }: { address: string }) {
  if (!/^https?:\/\//i.test(address)) return address;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer" className="text-accent-ink hover:underline">
      {address.replace(/^https?:\/\//i, "")}
    </a>
  );
}

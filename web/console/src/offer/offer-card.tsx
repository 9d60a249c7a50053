// The ringing offer: cannot be missed, can be read in five seconds, and takes the focus only from somebody who is not
// writing, so that an Enter meant for a message never accepts a conversation.

import type { BriefView, DeclineCode, OfferView } from "@baton/client/wire";
import { BellRing, LoaderCircle, Volume2, VolumeX } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Cited } from "../aside/brief";
import { triggerText } from "../conversation/event-line";
import { customerNameOf } from "../desk/lists";
import { Button, IconButton } from "../parts/button";
import { Badge, Initials, Kbd } from "../parts/marks";
import { Failure } from "../parts/screen-states";
import { Elapsed, languageName, useNow } from "../time";
import { useLanguage, useWords } from "../words/words";
import { Countdown } from "./countdown";

const DECLINE_CODES = ["busy", "wrong_skill", "break", "other"] as const satisfies readonly DeclineCode[];

/** What rings: an offer to this agent alone, for so long; or a handoff that is shown to everybody who could take it. */
export type Rung = Pick<OfferView, "id" | "conversation" | "queue_name" | "since" | "language" | "brief"> & {
  to: { at: "me"; expires_at: number; ring_ms: number } | { at: "everybody" };
};

type Props = {
  offers: readonly Rung[];
  busy: "accept" | "decline" | null;
  error: string | null;
  muted: boolean;
  onMute: () => void;
  onAccept: (offer: Rung) => void;
  /** Without a reason for what others can still take. */
  onDecline: (offer: Rung, reason: DeclineCode | null) => void;
};

export function OfferCard(props: Props) {
  const [offer] = props.offers;
  // Another offer is another card: nothing of the last one's state may answer it.
  return offer ? <Ringing key={offer.id} {...props} offer={offer} /> : null;
}

export const OFFER_CARD_ID = "offer";

function Ringing({ offer, offers, busy, error, muted, onMute, onAccept, onDecline }: Props & { offer: Rung }) {
  const words = useWords();
  const language = useLanguage();
  const now = useNow(250);
  const [asksWhy, setAsksWhy] = useState(false);
  const card = useRef<HTMLDivElement>(null);
  useArrivalFocus(card);
  const { brief } = offer;
  const name = customerNameOf(brief.customer?.name, offer.conversation, words);
  const toAll = offer.to.at === "everybody";
  const left_ms = offer.to.at === "me" ? Math.max(0, offer.to.expires_at - now) : 0;
  const decline = () => (toAll ? onDecline(offer, null) : setAsksWhy(true));

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || busy) return;
    const reason = asksWhy ? DECLINE_CODES[Number(event.key) - 1] : undefined;
    const key = event.key.toLowerCase();
    // Enter on a button presses that button.
    const onCard = event.target === card.current;
    if (reason) onDecline(offer, reason);
    else if (key === "a" || (key === "enter" && onCard)) onAccept(offer);
    else if (key === "d") decline();
    else if (key === "escape" && asksWhy) setAsksWhy(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // Announced at once; and what is announced stays reachable while a dialog is open.
    <div
      aria-live="assertive"
      className="pointer-events-none fixed inset-x-0 bottom-0 z-60 flex justify-center sm:top-4 sm:bottom-auto sm:px-4"
    >
      <div
        ref={card}
        id={OFFER_CARD_ID}
        role="alertdialog"
        aria-labelledby="offer-title"
        aria-describedby="offer-issue"
        tabIndex={-1}
        onKeyDown={press}
        className="pointer-events-auto flex max-h-[85dvh] w-full max-w-xl animate-arrive flex-col overflow-hidden rounded-t-2xl bg-raised shadow-loud outline-none focus-visible:ring-2 focus-visible:ring-accent sm:rounded-2xl"
      >
        <header className="flex items-center gap-3 bg-accent px-4 py-3 text-on-accent">
          <BellRing aria-hidden="true" className="size-5 shrink-0 animate-pulse-soft" />
          <div className="min-w-0 flex-1">
            <h2 id="offer-title" className="truncate text-base font-semibold">
              {toAll ? words.offer.toAll(offer.queue_name) : words.offer.title(offer.queue_name)}
            </h2>
            <p className="text-xs">
              {words.offer.waited} <Elapsed since={offer.since} className="tabular-nums" />
              {offers.length > 1 && ` · ${words.offer.more(offers.length - 1)}`}
            </p>
          </div>
          <IconButton
            label={muted ? words.account.unmute : words.account.mute}
            onClick={onMute}
            className="text-on-accent! hover:bg-white/15! hover:text-on-accent!"
          >
            {muted ? (
              <VolumeX aria-hidden="true" className="size-4" />
            ) : (
              <Volume2 aria-hidden="true" className="size-4" />
            )}
          </IconButton>
          {offer.to.at === "me" && (
            <Countdown
              left_ms={left_ms}
              ring_ms={offer.to.ring_ms}
              label={words.offer.seconds(Math.ceil(left_ms / 1000))}
            />
          )}
        </header>
        <div className="scroll-thin flex min-h-0 flex-col gap-3 overflow-y-auto px-4 py-3.5">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <Initials name={name} size="small" />
            <span className="font-semibold">{name}</span>
            {brief.customer?.identified && <Badge tone="good">{words.aside.identified}</Badge>}
            {brief.customer?.tier && <Badge tone="accent">{brief.customer.tier}</Badge>}
            <Badge>{languageName(offer.language, language)}</Badge>
          </div>
          <FiveSeconds brief={brief} />
          {error && <Failure text={error} />}
        </div>
        <footer className="flex min-h-14 flex-wrap items-center gap-2 border-t border-line px-4 py-2.5">
          {asksWhy ? (
            <fieldset className="flex flex-1 flex-wrap items-center gap-1.5" disabled={busy !== null}>
              <legend className="sr-only">{words.offer.declineWhy}</legend>
              <span aria-hidden="true" className="mr-1 text-sm text-soft">
                {words.offer.declineWhy}
              </span>
              {DECLINE_CODES.map((reason, index) => (
                <Button key={reason} autoFocus={index === 0} onClick={() => onDecline(offer, reason)}>
                  <Kbd>{index + 1}</Kbd>
                  {words.offer.reasons[reason]}
                </Button>
              ))}
            </fieldset>
          ) : (
            <>
              <Button
                look="primary"
                size="large"
                className="flex-1"
                disabled={busy !== null}
                onClick={() => onAccept(offer)}
              >
                {busy === "accept" ? (
                  <>
                    <LoaderCircle aria-hidden="true" className="size-4 animate-spin" />
                    {words.offer.accepting}
                  </>
                ) : (
                  <>
                    {toAll ? words.offer.take : words.offer.accept}
                    <KeyOnAccent>A</KeyOnAccent>
                  </>
                )}
              </Button>
              <Button size="large" disabled={busy !== null} onClick={decline}>
                {toAll ? words.offer.leave : words.offer.decline}
                <Kbd>D</Kbd>
              </Button>
            </>
          )}
        </footer>
      </div>
    </div>
  );
}

function KeyOnAccent({ children }: { children: string }) {
  return (
    <kbd className="inline-grid h-5 min-w-5 place-items-center rounded-sm bg-black/20 px-1 font-sans text-2xs font-medium">
      {children}
    </kbd>
  );
}

const SUMMARY_LINES_MAX = 3;

/** The brief, cut to what fits into a glance. */
function FiveSeconds({ brief }: { brief: BriefView }) {
  const words = useWords();
  const more = brief.summary.filter(({ text }) => text !== brief.issue.text).slice(-SUMMARY_LINES_MAX);
  return (
    <>
      <div>
        <p className="text-xs text-faint">{words.offer.issue}</p>
        <p id="offer-issue" className="line-clamp-3 text-lg font-medium">
          {brief.issue.text}
        </p>
      </div>
      <p className="flex flex-wrap gap-1">
        {brief.why.map((trigger) => (
          <Badge key={`${trigger.code}-${trigger.of}`} tone="warn">
            {triggerText(trigger, words)}
          </Badge>
        ))}
        {brief.tried.length > 0 && <Badge>{words.offer.tried(brief.tried.length)}</Badge>}
      </p>
      {brief.transfer_note && (
        <p className="rounded-lg border border-warn-line bg-warn-tint px-3 py-2 text-sm">
          <span className="block text-xs font-medium text-warn-ink">{words.offer.transferNote}</span>
          {brief.transfer_note}
        </p>
      )}
      {more.length > 0 && (
        <ul className="flex flex-col gap-1 text-sm text-soft">
          {more.map((cited) => (
            <li key={cited.text} className="line-clamp-2 border-l-2 border-line pl-2.5">
              <Cited cited={cited} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function useArrivalFocus(card: { current: HTMLDivElement | null }): void {
  useEffect(() => {
    const active = document.activeElement;
    if (!isWriting(active) && active?.closest("[role=dialog]") === null) card.current?.focus();
    if (active === document.body) card.current?.focus();
  }, [card]);
}

export function isWriting(element: Element | null): boolean {
  return (
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLInputElement ||
    element instanceof HTMLSelectElement ||
    (element instanceof HTMLElement && element.isContentEditable)
  );
}

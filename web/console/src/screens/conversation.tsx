// One conversation, live: the transcript, what can be done, and the pane on the right.

import type { Conversation, Pending } from "@baton/client/conversation";
import type { Live } from "@baton/client/live";
import type { ConversationView, EventView, TimingName } from "@baton/client/wire";
import { useMutation, useQueries, useQuery } from "@tanstack/react-query";
import { MessageSquareX } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { useSearch } from "wouter";
import { Aside, type AsideTab } from "../aside/aside";
import { Composer } from "../conversation/composer";
import type { Naming } from "../conversation/event-line";
import { type Act, Header } from "../conversation/header";
import { TakeBar } from "../conversation/take-bar";
import { TimingMark, timingOf } from "../conversation/timing-mark";
import { handoffsOf, routingSeq } from "../conversation/transcript";
import { type Jump, Transcript } from "../conversation/transcript-view";
import { Viewers } from "../conversation/viewers";
import { WrapUp } from "../conversation/wrap-up";
import { useCommands } from "../desk/commands";
import { type Desk, useDeskContext } from "../desk/desk";
import { type DraftKind, useDraft } from "../desk/drafts";
import { problemSentence, sentence } from "../desk/failure";
import { customerNameOf, type Named } from "../desk/lists";
import { useConversation } from "../desk/use-conversation";
import { useMedia } from "../desk/use-media";
import { Button } from "../parts/button";
import { Empty, Loading } from "../parts/screen-states";
import { useLanguage, useWords } from "../words/words";

const FollowUpDialog = lazy(() =>
  import("../conversation/follow-up-dialog").then(({ FollowUpDialog: dialog }) => ({ default: dialog })),
);
const ActDialog = lazy(() => import("./act-dialog").then(({ ActDialog: dialog }) => ({ default: dialog })));

type Props = { id: string; onBack: () => void };

export function ConversationScreen({ id, onBack }: Props) {
  const words = useWords();
  const { conversation, live } = useConversation(id);
  if (conversation.refused && !conversation.state) {
    const problem = conversation.refused;
    const hidden = problem.status === 404 || problem.status === 403;
    return (
      <Empty
        icon={MessageSquareX}
        title={hidden ? words.conversation.notFound : problemSentence(problem, words)}
        heading
      >
        <Button className="mt-2" onClick={onBack}>
          {words.back}
        </Button>
      </Empty>
    );
  }
  if (!conversation.state || !live) {
    return (
      <>
        <h1 className="sr-only">{words.nav.inbox}</h1>
        <Loading className="max-w-md" />
      </>
    );
  }
  return <Open conversation={conversation} state={conversation.state} live={live} onBack={onBack} />;
}

type OpenProps = { conversation: Conversation; state: ConversationView; live: Live; onBack: () => void };

/** The last handoff that somebody took: whoever had it can say when it should have come. */
function lastTaken(events: readonly EventView[]): string | null {
  const taken = events.findLast((event) => event.type === "offer_accepted" || event.type === "handoff_assigned");
  return taken && "handoff" in taken ? taken.handoff : null;
}

/** Somebody may have written another quick reply elsewhere. */
const REPLIES_AGAIN_MS = 60_000;

function lastAsked(events: readonly EventView[]): number {
  return events.findLast((event) => event.type === "message_posted" && event.author.kind === "customer")?.seq ?? 0;
}

/** From this width on there is room for the third pane. */
const WIDE = "(min-width: 80rem)";

function Open({ conversation, state, live, onBack }: OpenProps) {
  const desk = useDeskContext();
  const words = useWords();
  const { me, api } = desk;
  const customerName = customerNameOf(state.customer?.name, state.id, words);
  const naming = useNaming(desk);
  const wide = useMedia(WIDE);
  const [detailsChosen, setDetails] = useState<boolean | null>(null);
  const details = detailsChosen ?? wide;
  const [tab, setTab] = useState<AsideTab | null>(null);
  const [verdictOf, setVerdictOf] = useState<number | null>(null);
  const [jump, setJump] = useState<Jump | null>(null);
  useFoundJump(conversation.loaded, setJump);
  const [kind, setKind] = useState<DraftKind>("reply");
  const [act, setAct] = useState<Act | null>(null);
  const [followingUp, setFollowingUp] = useState(false);
  const [focusWrapUp, setFocusWrapUp] = useState(0);
  const [, setDraft] = useDraft(state.id, "reply");
  const about = useAbout(conversation, state, desk);

  const note = useMutation({
    mutationFn: ({ text, mentions, clientId }: { text: string; mentions: string[]; clientId: string }) =>
      api("POST /v1/conversations/{id}/notes", {
        path: { id: state.id },
        body: { client_id: clientId, text, mentions },
      }),
  });
  const replies = useQuery({
    queryKey: ["quick-replies"],
    queryFn: () => api("GET /v1/me/quick-replies"),
    staleTime: REPLIES_AGAIN_MS,
  });
  const endWrapUp = useMutation({
    mutationFn: (disposition: string | null) =>
      api("POST /v1/conversations/{id}/wrap-up", { path: { id: state.id }, body: { disposition } }),
    onSuccess: (next) => live.apply(next),
  });
  const mark = useMutation({
    mutationFn: ({ handoff, timing }: { handoff: string; timing: TimingName | null }) =>
      api("PUT /v1/handoffs/{handoff}/timing", { path: { handoff }, body: { timing } }),
    onSuccess: (next) => live.apply(next),
  });
  const marked = lastTaken(conversation.events);
  const toggle = (timing: TimingName) => {
    if (marked)
      mark.mutate({ handoff: marked, timing: timingOf(state.timing_marks, marked) === timing ? null : timing });
  };
  const wrapUp = state.can.includes("end_wrap_up") ? state.wrap_ups.find(({ agent }) => agent === me.agent) : undefined;

  const jumpTo = useCallback(
    (seq: number) => {
      if (!wide) setDetails(false);
      setJump((before) => ({ seq, nth: (before?.nth ?? 0) + 1 }));
    },
    [wide],
  );
  const showDetails = (shown: boolean) => {
    setDetails(shown);
    // Over the conversation the pane is a place to go to and to come back from; beside it, it only appears.
    if (!wide) focusSoon(shown ? "#aside" : "[aria-controls=aside]");
  };
  const showVerdict = useCallback((message: number) => {
    setVerdictOf(message);
    setTab("trace");
    setDetails(true);
  }, []);
  const edit = ({ clientId, text }: Pending) => {
    live.discard(clientId);
    setKind("reply");
    setDraft(text);
    focusComposer();
  };
  const toTake = desk.takeable.there.find((one) => one.conversation === state.id);
  const take = useMutation({
    mutationFn: (handoff: string) => api("POST /v1/handoffs/{handoff}/take", { path: { handoff } }),
    onSuccess: (next, handoff) => {
      desk.tellTakeable({ type: "gone", handoff });
      live.apply(next);
    },
  });
  const acts = [
    { act: "transfer", keys: "t", name: words.shortcuts.transfer },
    { act: "hand_back", keys: "h", name: words.shortcuts.handBack },
    { act: "assign", name: words.actions.assign },
    { act: "change_priority", name: words.actions.priority },
    { act: "close", keys: "Shift+X", name: words.shortcuts.closeConversation },
  ] as const;
  useCommands([
    {
      name: words.shortcuts.compose,
      keys: "r",
      run: () => {
        setKind("reply");
        focusComposer();
      },
    },
    {
      name: words.shortcuts.note,
      keys: "n",
      run: () => {
        setKind(kind === "note" ? "reply" : "note");
        focusComposer();
      },
    },
    ...(toTake ? [{ name: words.offer.take, keys: "a", run: () => take.mutate(toTake.handoff) }] : []),
    ...acts.filter(({ act: one }) => state.can.includes(one)).map((one) => ({ ...one, run: () => setAct(one.act) })),
    { name: words.shortcuts.tooLate, keys: "l", unlisted: !marked, run: () => toggle("too_late") },
    { name: words.shortcuts.notNeeded, keys: "u", unlisted: !marked, run: () => toggle("not_needed") },
    { name: words.reminders.add, keys: "f", run: () => setFollowingUp(true) },
    { name: words.shortcuts.details, keys: "b", run: () => showDetails(!details) },
    {
      name: words.shortcuts.wrapUp,
      keys: "w",
      unlisted: !wrapUp,
      run: () => setFocusWrapUp((nth) => nth + 1),
    },
  ]);

  return (
    <div className="relative flex h-full min-h-0">
      <div className="flex min-w-0 flex-1 flex-col">
        <Header
          state={state}
          me={me}
          customerName={customerName}
          onAct={setAct}
          onBack={onBack}
          details={details}
          onDetails={() => showDetails(!details)}
        />
        <Viewers conversation={state.id} agents={desk.floor?.agents ?? []} />
        {toTake && (
          <TakeBar
            takeable={toTake}
            busy={take.isPending}
            error={take.error && sentence(take.error, words)}
            onTake={() => take.mutate(toTake.handoff)}
          />
        )}
        <Transcript
          conversation={conversation}
          me={me}
          naming={naming}
          customerName={customerName}
          jump={jump}
          onSeen={live.seen}
          onVerdict={showVerdict}
          onEdit={edit}
          onDiscard={live.discard}
        />
        {marked && (
          <TimingMark
            handoff={marked}
            marks={state.timing_marks}
            busy={mark.isPending}
            error={mark.error && sentence(mark.error, words)}
            onMark={(timing) => mark.mutate({ handoff: marked, timing })}
          />
        )}
        {wrapUp && (
          <WrapUp
            wrapUp={wrapUp}
            dispositions={me.dispositions}
            busy={endWrapUp.isPending}
            error={endWrapUp.error && sentence(endWrapUp.error, words)}
            onEnd={(disposition) => endWrapUp.mutate(disposition)}
            focus={focusWrapUp}
          />
        )}
        <Composer
          state={state}
          me={me}
          connection={desk.connectionState}
          customerName={customerName}
          kind={kind}
          onKind={setKind}
          onSend={live.write}
          onNote={(text, mentions) => note.mutateAsync({ text, mentions, clientId: crypto.randomUUID() })}
          noteError={note.error && sentence(note.error, words)}
          onTyping={live.typing}
          replies={replies.data ?? []}
          agents={desk.floor?.agents ?? []}
          asked={lastAsked(conversation.events)}
        />
      </div>
      {details && (
        // biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard for whatever has the focus inside
        <div
          onKeyDown={(event) => event.key === "Escape" && !wide && showDetails(false)}
          className="z-20 h-full w-85 max-w-full shrink-0 max-xl:absolute max-xl:inset-y-0 max-xl:right-0 max-xl:shadow-pop max-sm:w-full"
        >
          <Aside
            state={state}
            customerName={customerName}
            events={conversation.events}
            brief={about.brief}
            handoffs={about.handoffs}
            explanation={about.explanation}
            agents={desk.floor?.agents ?? []}
            tab={tab ?? (about.brief ? "brief" : "trace")}
            onTab={setTab}
            verdictOf={verdictOf}
            onJump={jumpTo}
            onClose={() => showDetails(false)}
          />
        </div>
      )}
      <Suspense>
        {followingUp && <FollowUpDialog conversation={state.id} onClose={() => setFollowingUp(false)} />}
        {act && (
          <ActDialog
            act={act}
            state={state}
            desk={desk}
            onClose={() => setAct(null)}
            onDone={(next) => {
              live.apply(next);
              setAct(null);
            }}
          />
        )}
      </Suspense>
    </div>
  );
}

function focusComposer(): void {
  focusSoon("#composer");
}

/** After React has shown it. */
function focusSoon(selector: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus());
}

/** Goes to what a search found, once it is there. */
function useFoundJump(loaded: boolean, jump: (to: Jump) => void): void {
  const at = Number(new URLSearchParams(useSearch()).get("at") ?? 0);
  useEffect(() => {
    if (loaded && at > 0) jump({ seq: at, nth: Date.now() });
  }, [loaded, at, jump]);
}

/** Changes only when a name does: the floor itself changes every second, and the transcript need not be drawn anew. */
function useNaming({ floor, me }: Desk): Naming {
  const words = useWords();
  const language = useLanguage();
  const names = JSON.stringify({
    agents: floor?.agents.map(({ agent, name }) => ({ agent, name })) ?? [],
    queues: floor?.queues.map(({ queue, name }) => [queue, name]) ?? [],
    dispositions: me.dispositions.map(({ key, name }) => [key, name]),
  });
  return useMemo(() => {
    const known = JSON.parse(names) as {
      agents: Named[];
      queues: [string, string][];
      dispositions: [string, string][];
    };
    const queues = new Map(known.queues);
    const dispositions = new Map(known.dispositions);
    return {
      words,
      language,
      agents: known.agents,
      queueName: (key) => queues.get(key) ?? key,
      dispositionName: (key) => dispositions.get(key) ?? key,
    };
  }, [words, language, names]);
}

const EXPLAINED_AGAIN_MS = 10_000;

/** The brief and the routing decisions, fetched again when an event says that they changed. */
function useAbout(conversation: Conversation, state: ConversationView, { api }: Desk) {
  const ids = handoffsOf(conversation.events);
  const changedAt = routingSeq(conversation.events);
  const brief = useQuery({
    queryKey: ["brief", state.id, changedAt],
    queryFn: () => api("GET /v1/conversations/{id}/brief", { path: { id: state.id } }),
    enabled: ids.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
    retry: false,
  });
  const decisions = useQueries({
    queries: ids.map((handoff) => ({
      queryKey: ["decisions", handoff, changedAt],
      queryFn: () => api("GET /v1/handoffs/{handoff}/decisions", { path: { handoff } }),
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
    })),
  });
  // While it waits, what would be decided now changes by time alone.
  const waits = state.controller.kind === "queued" || state.controller.kind === "offered";
  const handoff = state.handoff?.id ?? "";
  const explanation = useQuery({
    queryKey: ["explanation", handoff, changedAt],
    queryFn: () => api("GET /v1/handoffs/{handoff}/explanation", { path: { handoff } }),
    enabled: waits && handoff !== "",
    refetchInterval: EXPLAINED_AGAIN_MS,
    retry: false,
  });
  return {
    explanation: waits ? (explanation.data ?? null) : null,
    brief: brief.data ?? null,
    handoffs: ids.map((handoff, index) => ({ handoff, decisions: decisions[index]?.data ?? [] })),
  };
}

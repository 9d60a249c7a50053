// Everything behind the sign-in: the desk, its routes, the ringing offer over all of them.

import type { ConversationPage, ConversationSummary, DeclineCode } from "@baton/client/wire";
import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { type CommandBook, CommandsContext, createCommandBook, useCommands } from "../desk/commands";
import { type Desk, DeskContext, listKey, type Seat, useDesk } from "../desk/desk";
import { sentence } from "../desk/failure";
import { shownToAll } from "../desk/takeable";
import { OFFER_CARD_ID, OfferCard, type Rung } from "../offer/offer-card";
import { useAlert } from "../offer/use-alert";
import { Loading } from "../parts/screen-states";
import { Toast } from "../parts/toast";
import { AccountMenu, useMuted } from "../session/account-menu";
import { useTheme } from "../session/theme";
import { SETTINGS_PAGES } from "../settings/settings-frame";
import { ClockContext } from "../time";
import { type Language, useWords } from "../words/words";
import { InboxScreen, useList, useUnreadTitle } from "./inbox";
import { Shell } from "./shell";

const FloorPage = lazy(() => import("./floor").then(({ FloorPage: page }) => ({ default: page })));
const AlertWatch = lazy(() => import("../floor/alert-watch").then(({ AlertWatch: watch }) => ({ default: watch })));
const PasswordDialog = lazy(() =>
  import("../session/password-dialog").then(({ PasswordDialog: dialog }) => ({ default: dialog })),
);
const Palette = lazy(() => import("../session/palette").then(({ Palette: dialog }) => ({ default: dialog })));
const ShortcutsDialog = lazy(() =>
  import("../session/shortcuts-dialog").then(({ ShortcutsDialog: dialog }) => ({ default: dialog })),
);
const PolicyScreen = lazy(() => import("./policy").then(({ PolicyScreen: page }) => ({ default: page })));
const SettingsScreen = lazy(() => import("./settings").then(({ SettingsScreen: page }) => ({ default: page })));

type Props = Seat & {
  onSignOut: () => void;
  onLanguage: (language: Language) => void;
};

export function DeskScreen(props: Props) {
  const desk = useDesk(props);
  const connection = desk?.connection;
  const clock = useMemo(() => ({ now: () => connection?.serverNow() ?? Date.now(), ticks: true }), [connection]);
  const [book] = useState(createCommandBook);
  if (!desk) return <Loading />;
  return (
    <DeskContext value={desk}>
      <ClockContext value={clock}>
        <CommandsContext value={book}>
          <Desked desk={desk} book={book} {...props} />
        </CommandsContext>
      </ClockContext>
    </DeskContext>
  );
}

type Opened = "shortcuts" | "password" | "palette" | null;

function Desked({ desk, book, me, api, onSignOut, onLanguage }: Props & { desk: Desk; book: CommandBook }) {
  const words = useWords();
  const [at, go] = useLocation();
  const queries = useQueryClient();
  const [muted, mute] = useMuted();
  const [, setTheme] = useTheme();
  const [opened, setOpened] = useState<Opened>(null);
  const mine = useList("mine");
  const unread = (mine.data?.items ?? []).reduce((sum, { unread: count }) => sum + count, 0);
  const password = useMutation({
    mutationFn: (body: { current: string; new: string }) => api("PUT /v1/me/password", { body }),
  });
  const askPassword = () => {
    password.reset();
    setOpened("password");
  };
  const focusOffer = useCallback(() => document.getElementById(OFFER_CARD_ID)?.focus(), []);
  useUnreadTitle(unread);
  const rung = useRung(desk);
  useAlert(rung, muted, focusOffer);
  const showShortcuts = () => setOpened("shortcuts");
  const showPalette = () => setOpened("palette");
  useCommands([
    { name: words.palette.title, keys: "$mod+k", unlisted: true, run: showPalette },
    { name: words.shortcuts.goOffer, keys: "F8", unlisted: rung.length === 0, run: focusOffer },
    { name: words.nav.inbox, keys: "g i", run: () => go("/") },
    { name: words.nav.floor, keys: "g f", run: () => go("/floor") },
    ...(me.role !== "agent" ? [{ name: words.nav.policy, keys: "g p", run: () => go("/policy") }] : []),
    ...(me.role === "admin"
      ? SETTINGS_PAGES.map((page) => ({
          name: `${words.nav.settings}: ${words.settings[page]}`,
          run: () => go(`/settings/${page}`),
        }))
      : []),
    ...(["light", "dark", "system"] as const).map((one) => ({
      name: `${words.account.theme}: ${words.account.themes[one]}`,
      run: () => setTheme(one),
    })),
    { name: muted ? words.account.unmute : words.account.mute, run: mute },
    { name: words.account.changePassword, run: askPassword },
    { name: words.shortcuts.title, keys: "?", run: showShortcuts },
    { name: words.shortcuts.title, keys: "Shift+?", unlisted: true, run: showShortcuts },
    { name: words.account.signOut, run: onSignOut },
  ]);

  return (
    <>
      <Shell
        role={me.role}
        unread={unread}
        demonstration={me.demonstration ?? false}
        bare={at.startsWith("/c/")}
        account={
          <AccountMenu
            me={me}
            muted={muted}
            onMute={mute}
            onLanguage={onLanguage}
            onShortcuts={() => setOpened("shortcuts")}
            onPassword={askPassword}
            onSignOut={onSignOut}
          />
        }
      >
        <Suspense fallback={<Loading />}>
          <Switch>
            <Route path="/">
              <InboxScreen conversation={null} />
            </Route>
            <Route path="/c/:id">{({ id }) => <InboxScreen conversation={id} />}</Route>
            <Route path="/floor">
              <FloorPage />
            </Route>
            <Route path="/policy">
              <PolicyScreen />
            </Route>
            <Route path="/settings/:page?">{({ page }) => <SettingsScreen page={page} />}</Route>
            <Route>
              <Redirect to="/" replace />
            </Route>
          </Switch>
        </Suspense>
      </Shell>
      <Ringing desk={desk} muted={muted} onMute={mute} onOpen={(id) => go(`/c/${id}`)} />
      <Suspense>
        {me.role !== "agent" && <AlertWatch muted={muted} />}
        {opened === "shortcuts" && <ShortcutsDialog onClose={() => setOpened(null)} />}
        {opened === "palette" && (
          <Palette
            commands={book.all()}
            conversations={known(queries)}
            api={api}
            onOpen={(id, seq) => go(seq === undefined ? `/c/${id}` : `/c/${id}?at=${seq}`)}
            onClose={() => setOpened(null)}
          />
        )}
        {opened === "password" && (
          <PasswordDialog
            busy={password.isPending}
            error={password.error && sentence(password.error, words)}
            done={password.isSuccess}
            onClose={() => setOpened(null)}
            onChange={(current, next) => password.mutate({ current, new: next })}
          />
        )}
      </Suspense>
    </>
  );
}

/** Every conversation of the lists that were fetched, once. */
function known(queries: QueryClient): ConversationSummary[] {
  const rows = LISTS.flatMap((view) => queries.getQueryData<ConversationPage>(listKey(view))?.items ?? []);
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

const LISTS = ["mine", "queue", "recent"] as const;

/** What rings here: offers to this agent first, then what is shown to everybody. */
function useRung({ offers, takeable }: Desk): Rung[] {
  return useMemo(
    () => [
      ...offers.ringing.map((offer) => ({
        ...offer,
        to: { at: "me", expires_at: offer.expires_at, ring_ms: offer.ring_ms } as const,
      })),
      ...shownToAll(takeable).map((shown) => ({ ...shown, id: shown.handoff, to: { at: "everybody" } as const })),
    ],
    [offers.ringing, takeable],
  );
}

type RingingProps = { desk: Desk; muted: boolean; onMute: () => void; onOpen: (conversation: string) => void };

function Ringing({ desk, muted, onMute, onOpen }: RingingProps) {
  const words = useWords();
  const { api, offers, tellOffers, tellTakeable } = desk;
  const rung = useRung(desk);
  const accept = useMutation({
    mutationFn: ({ id, to }: Rung) =>
      to.at === "me"
        ? api("POST /v1/offers/{offer}/accept", { path: { offer: id } })
        : api("POST /v1/handoffs/{handoff}/take", { path: { handoff: id } }),
    onSuccess: (conversation, { id, to }) => {
      if (to.at === "me") tellOffers({ type: "answered", offer: id });
      else tellTakeable({ type: "gone", handoff: id });
      onOpen(conversation.id);
    },
  });
  const decline = useMutation({
    mutationFn: ({ offer, reason }: { offer: Rung; reason: DeclineCode }) =>
      api("POST /v1/offers/{offer}/decline", { path: { offer: offer.id }, body: { reason } }),
    onSuccess: (_, { offer }) => tellOffers({ type: "answered", offer: offer.id }),
  });
  const failure = accept.error ?? decline.error;
  const failed = accept.error ? accept.variables.id : decline.variables?.offer.id;
  const present = rung[0]?.id;
  // What this desk has just answered needs no announcement.
  const gone =
    offers.gone && offers.gone.reason !== "accepted" && offers.gone.reason !== "declined" ? offers.gone : null;
  useEffect(() => {
    if (offers.gone && !gone) tellOffers({ type: "noticed" });
  }, [offers.gone, gone, tellOffers]);
  return (
    <>
      <OfferCard
        offers={rung}
        busy={accept.isPending ? "accept" : decline.isPending ? "decline" : null}
        error={failure && failed === present ? sentence(failure, words) : null}
        muted={muted}
        onMute={onMute}
        onAccept={(offer) => accept.mutate(offer)}
        onDecline={(offer, reason) =>
          reason === null ? tellTakeable({ type: "silenced", handoff: offer.id }) : decline.mutate({ offer, reason })
        }
      />
      {gone && (
        <Toast
          key={gone.offer}
          text={words.offer.gone[gone.reason] ?? words.offer.gone.expired ?? ""}
          onGone={() => tellOffers({ type: "noticed" })}
        />
      )}
    </>
  );
}

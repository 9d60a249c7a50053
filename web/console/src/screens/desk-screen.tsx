// Everything behind the sign-in: the desk, its routes, the ringing offer over all of them.

import type { DeclineCode, OfferView } from "@baton/client/wire";
import { useMutation } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { type Desk, DeskContext, type Seat, useDesk } from "../desk/desk";
import { sentence } from "../desk/failure";
import { useKeys } from "../desk/keys";
import { OFFER_CARD_ID, OfferCard } from "../offer/offer-card";
import { useAlert } from "../offer/use-alert";
import { Loading } from "../parts/screen-states";
import { Toast } from "../parts/toast";
import { AccountMenu, useMuted } from "../session/account-menu";
import { ClockContext } from "../time";
import { type Language, useWords } from "../words/words";
import { InboxScreen, useList, useUnreadTitle } from "./inbox";
import { Shell } from "./shell";

const FloorPage = lazy(() => import("./floor").then(({ FloorPage: page }) => ({ default: page })));
const PasswordDialog = lazy(() =>
  import("../session/password-dialog").then(({ PasswordDialog: dialog }) => ({ default: dialog })),
);
const ShortcutsDialog = lazy(() =>
  import("../session/shortcuts-dialog").then(({ ShortcutsDialog: dialog }) => ({ default: dialog })),
);
const SettingsScreen = lazy(() => import("./settings").then(({ SettingsScreen: page }) => ({ default: page })));

type Props = Seat & {
  onSignOut: () => void;
  onLanguage: (language: Language) => void;
};

export function DeskScreen(props: Props) {
  const desk = useDesk(props);
  const connection = desk?.connection;
  const clock = useMemo(() => ({ now: () => connection?.serverNow() ?? Date.now(), ticks: true }), [connection]);
  if (!desk) return <Loading />;
  return (
    <DeskContext value={desk}>
      <ClockContext value={clock}>
        <Desked desk={desk} {...props} />
      </ClockContext>
    </DeskContext>
  );
}

type Opened = "shortcuts" | "password" | null;

function Desked({ desk, me, api, onSignOut, onLanguage }: Props & { desk: Desk }) {
  const words = useWords();
  const [at, go] = useLocation();
  const [muted, mute] = useMuted();
  const [opened, setOpened] = useState<Opened>(null);
  const mine = useList("mine");
  const unread = (mine.data?.items ?? []).reduce((sum, { unread: count }) => sum + count, 0);
  const password = useMutation({
    mutationFn: (body: { current: string; new: string }) => api("PUT /v1/me/password", { body }),
  });
  const focusOffer = useCallback(() => document.getElementById(OFFER_CARD_ID)?.focus(), []);
  useUnreadTitle(unread);
  useAlert(desk.offers.ringing, muted, focusOffer);
  useKeys({
    "?": () => setOpened("shortcuts"),
    "Shift+?": () => setOpened("shortcuts"),
    F8: focusOffer,
    "g i": () => go("/"),
    "g f": () => go("/floor"),
  });

  return (
    <>
      <Shell
        role={me.role}
        unread={unread}
        bare={at.startsWith("/c/")}
        account={
          <AccountMenu
            me={me}
            muted={muted}
            onMute={mute}
            onLanguage={onLanguage}
            onShortcuts={() => setOpened("shortcuts")}
            onPassword={() => {
              password.reset();
              setOpened("password");
            }}
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
            <Route path="/settings/:page?">{({ page }) => <SettingsScreen page={page} />}</Route>
            <Route>
              <Redirect to="/" replace />
            </Route>
          </Switch>
        </Suspense>
      </Shell>
      <Ringing desk={desk} muted={muted} onMute={mute} onOpen={(id) => go(`/c/${id}`)} />
      <Suspense>
        {opened === "shortcuts" && <ShortcutsDialog onClose={() => setOpened(null)} />}
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

type RingingProps = { desk: Desk; muted: boolean; onMute: () => void; onOpen: (conversation: string) => void };

function Ringing({ desk, muted, onMute, onOpen }: RingingProps) {
  const words = useWords();
  const { api, offers, tellOffers } = desk;
  const accept = useMutation({
    mutationFn: (offer: OfferView) => api("POST /v1/offers/{offer}/accept", { path: { offer: offer.id } }),
    onSuccess: (conversation, offer) => {
      tellOffers({ type: "answered", offer: offer.id });
      onOpen(conversation.id);
    },
  });
  const decline = useMutation({
    mutationFn: ({ offer, reason }: { offer: OfferView; reason: DeclineCode }) =>
      api("POST /v1/offers/{offer}/decline", { path: { offer: offer.id }, body: { reason } }),
    onSuccess: (_, { offer }) => tellOffers({ type: "answered", offer: offer.id }),
  });
  const failure = accept.error ?? decline.error;
  const failed = accept.error ? accept.variables.id : decline.variables?.offer.id;
  const present = offers.ringing[0]?.id;
  // What this desk has just answered needs no announcement.
  const gone =
    offers.gone && offers.gone.reason !== "accepted" && offers.gone.reason !== "declined" ? offers.gone : null;
  useEffect(() => {
    if (offers.gone && !gone) tellOffers({ type: "noticed" });
  }, [offers.gone, gone, tellOffers]);
  return (
    <>
      <OfferCard
        offers={offers.ringing}
        busy={accept.isPending ? "accept" : decline.isPending ? "decline" : null}
        error={failure && failed === present ? sentence(failure, words) : null}
        muted={muted}
        onMute={onMute}
        onAccept={(offer) => accept.mutate(offer)}
        onDecline={(offer, reason) => decline.mutate({ offer, reason })}
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

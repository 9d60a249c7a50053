// Sits a person down at a desk without a server.

import type { MeView, OfferView } from "@baton/client/wire";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useCallback, useState } from "react";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { DeskScreen } from "../screens/desk-screen";
import { type Language, LanguageContext } from "../words/words";
import {
  ANSWERS,
  type Answers,
  type FakeApi,
  type FakeConnection,
  fakeApi,
  fakeConnection,
  STORIES,
  type Story,
} from "./fake-desk";
import { ana } from "./fixtures";

type Options = {
  at?: string;
  me?: MeView;
  answers?: Answers;
  stories?: Record<string, Story>;
  offers?: OfferView[];
  language?: Language;
};

export function sitDown({
  at = "/",
  me = ana,
  answers = {},
  stories = {},
  offers = [],
  language = "en",
}: Options = {}) {
  const api = fakeApi({ ...ANSWERS, "GET /v1/offers": offers, ...answers });
  const connection = fakeConnection({ ...STORIES, ...stories });
  const { hook, history } = memoryLocation({ path: at, record: true });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const desk = (
    <LanguageContext value={language}>
      <QueryClientProvider client={queries}>
        <Router hook={hook}>
          <Seat first={me} api={api} connection={connection} />
        </Router>
      </QueryClientProvider>
    </LanguageContext>
  );
  return { ...render(desk), user: userEvent.setup(), api, connection, history };
}

/** Keeps what the desk says about the person, as the session does. */
function Seat({ first, api, connection }: { first: MeView; api: FakeApi; connection: FakeConnection }) {
  const [me, setMe] = useState(first);
  const connect = useCallback(() => connection, [connection]);
  return (
    <DeskScreen
      me={me}
      setMe={setMe}
      api={api}
      onExpired={nothing}
      onSignOut={nothing}
      onLanguage={nothing}
      connect={connect}
    />
  );
}

function nothing() {}

// Sits a person down at a desk without a server.

import type { MeView, OfferView } from "@baton/client/wire";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { DeskScreen } from "../screens/desk-screen";
import { type Language, LanguageContext } from "../words/words";
import { ANSWERS, type Answers, fakeApi, fakeConnection, STORIES, type Story } from "./fake-desk";
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
  const nothing = () => {};
  const connect = () => connection;
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const Seat = () => {
    const [present, setMe] = useState(me);
    return (
      <DeskScreen
        me={present}
        setMe={setMe}
        api={api}
        onExpired={nothing}
        onSignOut={nothing}
        onLanguage={nothing}
        connect={connect}
      />
    );
  };
  const desk = (
    <LanguageContext value={language}>
      <QueryClientProvider client={queries}>
        <Router hook={hook}>
          <Seat />
        </Router>
      </QueryClientProvider>
    </LanguageContext>
  );
  return { ...render(desk), user: userEvent.setup(), api, connection, history };
}

// The desk: one connection for the whole app, and what it tells: offers that ring, lists that move, the floor.

import { browserClock } from "@baton/client/clock";
import {
  browserSignals,
  type Connection,
  type ConnectionState,
  createConnection,
  type Socket,
  socketUrl,
} from "@baton/client/connection";
import type { Api } from "@baton/client/http";
import { createOutbox, type OutboxStorage } from "@baton/client/outbox";
import type { ConversationPage, ConversationSummary, FloorView, MeView, ServerFrame } from "@baton/client/wire";
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type Dispatch,
  use,
  useCallback,
  useEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from "react";
import { belongsTo, pageWith } from "./lists";
import { NO_OFFERS, type OfferInput, type Offers, reduceOffers } from "./offers";
import { NOTHING_TO_TAKE, reduceTakeable, type Takeable, type TakeableInput } from "./takeable";

export type Desk = {
  me: MeView;
  setMe: (me: MeView) => void;
  api: Api;
  connection: Connection;
  connectionState: ConnectionState;
  outbox: OutboxStorage;
  offers: Offers;
  tellOffers: Dispatch<OfferInput>;
  takeable: Takeable;
  tellTakeable: Dispatch<TakeableInput>;
  floor: FloorView | null;
};

export const DeskContext = createContext<Desk | null>(null);

export function useDeskContext(): Desk {
  const desk = use(DeskContext);
  if (!desk) throw new Error("outside of the desk");
  return desk;
}

export const listKey = (view: string) => ["conversations", view] as const;
export const FLOOR_KEY = ["floor"] as const;

/** A lost summary is made good by fetching the lists again this often. */
export const LISTS_AGAIN_MS = 60_000;

export type Seat = {
  me: MeView;
  setMe: (me: MeView) => void;
  api: Api;
  onExpired: () => void;
  /** Makes the one connection; tests give one without a server. */
  connect?: (api: Api) => Connection;
};

export function useDesk({ me, setMe, api, onExpired, connect = connectToServer }: Seat): Desk | null {
  const queries = useQueryClient();
  const connection = useConnection(api, connect, me.agent);
  const [connectionState, setConnectionState] = useState<ConnectionState>({ at: "offline" });
  const [offers, tellOffers] = useReducer(reduceOffers, NO_OFFERS);
  const [takeable, tellTakeable] = useReducer(reduceTakeable, NOTHING_TO_TAKE);
  const outbox = useMemo(() => createOutbox(storage()), []);
  const meSetAt = useRef(0);
  const changeMe = useCallback(
    (next: MeView) => {
      meSetAt.current = connection?.serverNow() ?? 0;
      setMe(next);
    },
    [connection, setMe],
  );
  const floor = useQuery({ queryKey: FLOOR_KEY, queryFn: () => api("GET /v1/floor"), staleTime: LISTS_AGAIN_MS });

  useEffect(() => {
    if (!connection) return;
    const askTakeable = () => {
      api("GET /v1/takeable").then((listed) => tellTakeable({ type: "listed", takeable: listed }), ignore);
    };
    const hear = (frame: ServerFrame) => {
      if (frame.type === "offer") tellOffers({ type: "rang", offer: frame.offer });
      if (frame.type === "offer_gone") tellOffers({ type: "stopped", offer: frame.offer, reason: frame.reason });
      if (frame.type === "takeable") tellTakeable({ type: "shown", takeable: frame.takeable });
      if (frame.type === "takeable_gone") tellTakeable({ type: "gone", handoff: frame.handoff });
      if (frame.type === "floor") {
        queries.setQueryData(FLOOR_KEY, frame.floor);
        const told = standingIn(frame.floor, me);
        // A floor from before our own change would take it back for a moment.
        if (told && frame.floor.at > meSetAt.current) setMe(told);
        // What can be pulled is not announced one by one: the floor says that something is there.
        if (frame.floor.queues.some(({ delivery, waiting }) => delivery === "pull" && waiting > 0)) askTakeable();
      }
      if (frame.type === "summary") place(queries, frame.conversation, me);
    };
    const change = (state: ConnectionState) => {
      setConnectionState(state);
      if (state.at === "live") {
        // Whatever happened while nobody told us.
        tellOffers({ type: "asked" });
        api("GET /v1/offers").then((open) => tellOffers({ type: "listed", offers: open }), ignore);
        askTakeable();
        void queries.invalidateQueries({ queryKey: ["conversations"] });
        void queries.invalidateQueries({ queryKey: FLOOR_KEY });
      }
      if (state.at === "refused" && state.problem.status === 401) onExpired();
    };
    const stops = [connection.onFrame(hear), connection.onState(change)];
    change(connection.state);
    connection.open();
    return () => {
      for (const stop of stops) stop();
    };
  }, [connection, queries, api, me, setMe, onExpired]);

  useEffect(() => {
    if (!connection || offers.ringing.length === 0) return;
    const timer = setInterval(() => tellOffers({ type: "passed", now: connection.serverNow() }), 1_000);
    return () => clearInterval(timer);
  }, [connection, offers.ringing.length]);

  const floorView = floor.data ?? null;
  return useMemo(
    () =>
      connection && {
        me,
        setMe: changeMe,
        api,
        connection,
        connectionState,
        outbox,
        offers,
        tellOffers,
        takeable,
        tellTakeable,
        floor: floorView,
      },
    [me, changeMe, api, connection, connectionState, outbox, offers, takeable, floorView],
  );
}

function useConnection(api: Api, connect: (api: Api) => Connection, agent: string): Connection | null {
  const [connection, setConnection] = useState<Connection | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another person needs another connection
  useEffect(() => {
    const opened = connect(api);
    setConnection(opened);
    return () => opened.close();
  }, [api, connect, agent]);
  return connection;
}

function connectToServer(api: Api): Connection {
  return createConnection({
    url: socketUrl(""),
    ticket: async () => (await api("POST /v1/socket-tickets")).ticket,
    clock: browserClock,
    random: Math.random,
    // The browser's own type only differs in naming the events that nobody looks at.
    webSocket: (url) => new WebSocket(url) as Socket,
    signals: browserSignals,
  });
}

/** Puts a summary into the lists it belongs to, and takes it out of the others. */
function place(queries: QueryClient, summary: ConversationSummary, me: MeView): void {
  const was = queries.getQueryData<ConversationPage>(listKey("mine"));
  const wasMine = was?.items.some(({ id }) => id === summary.id) ?? false;
  for (const view of ["mine", "queue"] as const) {
    const belongs = belongsTo(view, summary, me);
    queries.setQueryData<ConversationPage>(listKey(view), (page) => pageWith(page, summary, belongs));
  }
  // What has just left mine is recent now; only the server knows the rest of that list.
  if (wasMine && !belongsTo("mine", summary, me)) void queries.invalidateQueries({ queryKey: listKey("recent") });
  void queries.invalidateQueries({ queryKey: listKey("all"), refetchType: "active" });
}

/** The server may change an agent's availability by itself; null while it is as it was. */
function standingIn(floor: FloorView, me: MeView): MeView | null {
  const told = floor.agents.find(({ agent }) => agent === me.agent);
  if (!told || (told.availability === me.availability && (told.reason ?? null) === (me.reason ?? null))) return null;
  return { ...me, availability: told.availability, reason: told.reason ?? null };
}

function storage(): Storage | null {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}

function ignore(): void {
  // The next connection asks again.
}

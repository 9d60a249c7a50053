// What every component is given: the state it is a function of, what can be done, and the words for it.
import type { AttachmentView } from "@baton/client/wire";
import type { Actions, WidgetState } from "../widget.ts";
import type { Speech } from "../words/catalogue.ts";

export type Show = {
  state: WidgetState;
  actions: Actions;
  speech: Speech;
  now: number;
  /** Fetches a file; the answer is an address for this page alone. Absent where there is nothing to fetch from. */
  openFile?: (file: AttachmentView) => Promise<string>;
};

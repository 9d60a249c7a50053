// The dialog of an action, wired to its call. Every write carries the epoch that the agent saw.

import type { ConversationView } from "@baton/client/wire";
import { useMutation } from "@tanstack/react-query";
import { HandBackDialog } from "../conversation/hand-back-dialog";
import type { Act } from "../conversation/header";
import { AssignDialog, CloseDialog, PriorityDialog } from "../conversation/small-dialogs";
import { TransferDialog } from "../conversation/transfer-dialog";
import type { Desk } from "../desk/desk";
import { sentence } from "../desk/failure";
import { useWords } from "../words/words";

type Props = {
  act: Act;
  state: ConversationView;
  desk: Desk;
  onClose: () => void;
  onDone: (state: ConversationView) => void;
};

export function ActDialog({ act, state, desk, onClose, onDone }: Props) {
  const words = useWords();
  const { me, api, floor } = desk;
  const path = { id: state.id };
  // From outside, a supervisor acts without an epoch.
  const controls = state.controller.kind === "agent" && state.controller.agent === me.agent;
  const epoch = controls ? { epoch: state.epoch } : {};
  const call = useMutation({ mutationFn: (run: () => Promise<ConversationView>) => run(), onSuccess: onDone });
  const common = { busy: call.isPending, error: call.error && sentence(call.error, words), onClose };

  switch (act) {
    case "transfer":
      return (
        <TransferDialog
          {...common}
          floor={floor}
          me={me.agent}
          onTransfer={(transfer) =>
            call.mutate(() => api("POST /v1/conversations/{id}/transfer", { path, body: { ...transfer, ...epoch } }))
          }
        />
      );
    case "hand_back":
      return (
        <HandBackDialog
          {...common}
          dispositions={me.dispositions}
          onHandBack={(handback, disposition) =>
            call.mutate(() =>
              api("POST /v1/conversations/{id}/handback", {
                path,
                body: { epoch: state.epoch, handback, disposition },
              }),
            )
          }
        />
      );
    case "close":
      return (
        <CloseDialog
          {...common}
          dispositions={me.dispositions}
          onDone={(disposition) =>
            call.mutate(() => api("POST /v1/conversations/{id}/close", { path, body: { ...epoch, disposition } }))
          }
        />
      );
    case "assign":
      return (
        <AssignDialog
          {...common}
          agents={floor?.agents ?? []}
          onDone={(agent) => call.mutate(() => api("POST /v1/conversations/{id}/assign", { path, body: { agent } }))}
        />
      );
    case "change_priority":
      return (
        <PriorityDialog
          {...common}
          present={state.handoff?.priority ?? 0}
          onDone={(priority, reason) =>
            call.mutate(() => api("POST /v1/conversations/{id}/priority", { path, body: { priority, reason } }))
          }
        />
      );
  }
}

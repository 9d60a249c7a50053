// What happened, in one line.

import type { EventView, TriggerView } from "@baton/client/wire";
import { type Named, nameOf } from "../desk/lists";
import { languageName } from "../time";
import type { Words } from "../words/words";

export type Naming = {
  words: Words;
  language: string;
  agents: readonly Named[];
  queueName: (key: string) => string;
  dispositionName: (key: string) => string;
};

export function triggerText(trigger: TriggerView, words: Words): string {
  const name = words.triggers[trigger.code] ?? trigger.code;
  if (trigger.code === "sensitive" && trigger.of) return words.sensitive[trigger.of] ?? trigger.of;
  return trigger.of ? `${name}: ${trigger.of}` : name;
}

/** Null for what has a shape of its own in the transcript. */
export function lineOf(
  event: EventView,
  { words, language, agents, queueName, dispositionName }: Naming,
): string | null {
  const lines = words.events;
  const agentName = (key: string | null | undefined) => nameOf(key, agents) || words.nobody;
  switch (event.type) {
    case "conversation_started":
      return words.conversation.started(event.channel, languageName(event.language, language));
    case "bot_turn_failed":
      return lines.botFailed[event.failure] ?? event.failure;
    case "suggestion_declined":
      return lines.suggestionDeclined;
    case "answer_rated":
      if (typeof event.helpful !== "boolean") return lines.ratingTakenBack;
      return event.helpful ? lines.answerRated.yes : lines.answerRated.no;
    case "promise_made":
      return lines.promised[event.promise] ?? event.promise;
    case "promise_broken":
      return lines.promiseBroken;
    case "opinion_given": {
      const opinion = lines.opinion(event.model, words.verdicts[event.kind]);
      return event.reason ? `${opinion} – ${event.reason}` : opinion;
    }
    case "timing_marked":
      return event.timing ? (lines.timing[event.timing] ?? event.timing) : lines.timingTakenBack;
    case "handoff_requested": {
      const why = event.triggers.map((trigger) => triggerText(trigger, words)).join(", ");
      const queue = event.queue ? ` · ${lines.inQueue(queueName(event.queue))}` : "";
      return lines.handoffRequested(why || (event.by ?? "")) + queue;
    }
    case "staffing_changed":
      return event.staffed ? lines.staffed : lines.unstaffed;
    case "offer_made":
      return lines.offerMade(agentName(event.agent));
    case "offer_accepted":
      return lines.offerAccepted(event.agent_name);
    case "handoff_taken":
      return lines.taken(event.agent_name);
    case "alternative_offered":
      return lines.alternativeOffered[event.alternative];
    case "offer_declined":
      return lines.offerDeclined(agentName(event.agent), words.offer.reasons[event.reason].toLowerCase());
    case "offer_expired":
      return lines.offerExpired(agentName(event.agent));
    case "offer_rescinded":
      return lines.offerRescinded(agentName(event.agent), lines.rescindReasons[event.reason] ?? event.reason);
    case "handoff_assigned":
      return event.by ? lines.assignedBy(event.agent_name, agentName(event.by)) : lines.assigned(event.agent_name);
    case "handoff_returned":
      return lines.returned(agentName(event.agent), lines.returnReasons[event.reason] ?? event.reason);
    case "handoff_moved":
      return lines.moved(queueName(event.to_queue), lines.moveReasons[event.reason] ?? event.reason);
    case "handoff_transferred": {
      const to = event.to_agent ? agentName(event.to_agent) : event.to_queue ? queueName(event.to_queue) : words.nobody;
      return event.by ? lines.transferredBy(agentName(event.by), to) : lines.transferred(to);
    }
    case "priority_changed": {
      const change = lines.priorityChanged(agentName(event.by), signed(event.priority));
      return event.reason ? `${change}: ${event.reason}` : change;
    }
    case "handoff_abandoned":
      return lines.abandoned[event.reason] ?? event.reason;
    case "wrap_up_ended":
      return event.disposition
        ? `${lines.wrapUpEnded(agentName(event.agent))}: ${dispositionName(event.disposition)}`
        : lines.wrapUpEnded(agentName(event.agent));
    case "survey_offered":
      return lines.surveyOffered;
    case "conversation_closed": {
      const by = lines.closedBy[event.by] ?? event.by;
      return event.disposition ? `${by}: ${dispositionName(event.disposition)}` : by;
    }
    case "message_posted":
    case "note_posted":
    case "turn_assessed":
    case "notice_posted":
    case "contact_left":
    case "handed_back":
    case "survey_answered":
    case "hidden":
      return null;
  }
}

export function signed(value: number): string {
  return value > 0 ? `+${value}` : value < 0 ? `−${-value}` : "0";
}

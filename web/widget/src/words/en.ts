import type { Plural } from "@baton/client/words";

/** Every word that the widget shows of itself; `{name}` and the like are filled in. */
export type Words = {
  log: string;
  bot: string;
  person: string;
  you: string;
  botSays: string;
  personSays: string;
  youSay: string;
  disclosure: string;
  demonstration: string;
  suggestions: string;
  sources: string;
  erased: string;
  newMessages: string;

  write: string;
  send: string;
  tooLong: string;
  hide: string;

  sending: string;
  waitingToSend: string;
  sent: string;
  delivered: string;
  read: string;
  failed: string;
  retry: string;
  discard: string;

  typing: string;

  askPerson: string;
  suggestPerson: string;
  suggestYes: string;
  suggestNo: string;

  waitingTitle: string;
  next: string;
  place: Plural;
  wait: string;
  waitUnknown: string;
  goOn: string;
  stayWithBot: string;
  stopWaiting: string;

  nobodyTitle: string;
  opensAt: string;
  nobodyOptions: string;

  leaveMessage: string;
  callBack: string;
  callBackSend: string;
  phone: string;
  phoneWrong: string;
  email: string;
  emailWrong: string;
  message: string;
  messageMissing: string;
  sendMessage: string;
  back: string;
  contactTitle: string;
  contactText: string;

  surveyTitle: string;
  surveyScale: string;
  ratings: [string, string, string, string, string];
  comment: string;
  surveySend: string;
  surveyThanks: string;
  rated: string;

  end: string;
  endSure: string;
  endYes: string;
  endNo: string;
  ended: string;
  startAnother: string;

  statusBot: string;
  statusWaiting: string;
  statusNobody: string;
  statusPerson: string;
  statusEnded: string;

  starting: string;
  lost: string;
  lostWithoutMessages: string;
  refused: string;
  unavailable: string;
  tryAgain: string;
  trouble: string;
  troubleNetwork: string;
};

export const en: Words = {
  log: "Conversation",
  bot: "Bot",
  person: "Person",
  you: "You",
  botSays: "{name}, bot:",
  personSays: "{name}, person:",
  youSay: "You:",
  demonstration: "This is a demonstration; nothing here is real.",
  disclosure: "{name} is a bot. You can ask for a person at any time.",
  suggestions: "Suggested questions",
  sources: "Where this is from",
  erased: "This message was erased.",
  newMessages: "New messages",

  write: "Write a message",
  send: "Send",
  tooLong: "This is longer than one message can be. Please send it in parts.",
  hide: "Close chat",

  sending: "Sending…",
  waitingToSend: "Will be sent when you are back online",
  sent: "Sent",
  delivered: "Delivered",
  read: "Read",
  failed: "Not sent.",
  retry: "Try again",
  discard: "Remove",

  typing: "{name} is writing…",

  askPerson: "Talk to a person",
  suggestPerson: "Would you rather talk to a person?",
  suggestYes: "Yes, please",
  suggestNo: "No, thanks",

  waitingTitle: "A person will be with you",
  next: "You are next.",
  place: { one: "You are number # in the queue.", other: "You are number # in the queue." },
  wait: "Estimated wait: {time}.",
  waitUnknown: "We are asking the people who can help.",
  goOn: "You can go on writing. Whoever answers will have read it.",
  stayWithBot: "Stay with the bot",
  stopWaiting: "Stop waiting",

  nobodyTitle: "Nobody is available right now",
  opensAt: "We are back {day} at {time}.",
  nobodyOptions: "Leave a message and we answer by e-mail, or go on with the bot.",

  leaveMessage: "Leave a message",
  callBack: "Be called back",
  callBackSend: "Call me back",
  phone: "Telephone number",
  phoneWrong: "Please give a number like +44 20 7946 0000.",
  email: "E-mail address",
  emailWrong: "Please give an address like name@example.org.",
  message: "Your message",
  messageMissing: "Please write what we can help you with.",
  sendMessage: "Send message",
  back: "Back",
  contactTitle: "We have your message",
  contactText: "Somebody gets back to you. You can still go on here.",

  surveyTitle: "How was the help you got?",
  surveyScale: "From 1, very poor, to 5, very good",
  ratings: ["1 – very poor", "2 – poor", "3 – fair", "4 – good", "5 – very good"],
  comment: "What should we know? (optional)",
  surveySend: "Send rating",
  surveyThanks: "Thank you for your rating.",
  rated: "You gave {rating} out of 5.",

  end: "End chat",
  endSure: "End this conversation?",
  endYes: "End it",
  endNo: "Keep it",
  ended: "This conversation has ended.",
  startAnother: "Start a new one",

  statusBot: "{name} · Bot",
  statusWaiting: "Waiting for a person",
  statusNobody: "Nobody available right now",
  statusPerson: "Person · {title}",
  statusEnded: "Conversation ended",

  starting: "Connecting…",
  lost: "Connection lost. Your messages are kept and sent when it is back.",
  lostWithoutMessages: "Connection lost. Trying again…",
  refused: "The server refused the connection.",
  unavailable: "This chat is not available.",
  tryAgain: "Try again",
  trouble: "That did not work: {detail}",
  troubleNetwork: "That did not work: no connection. Please try again.",
};

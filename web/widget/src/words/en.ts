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
  ahead: Plural;
  placeLabel: string;
  waitLabel: string;
  waitUnknown: string;
  goOn: string;
  nextRead: string;
  nextHere: string;
  stayWithBot: string;

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
  surveySoon: string;
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

  menu: string;
  soundOn: string;
  soundOff: string;
  download: string;
  downloadPage: string;
  transcriptTitle: string;
  unread: Plural;

  attach: string;
  uploading: string;
  notUploaded: string;
  removeFile: string;

  helpful: string;
  notHelpful: string;

  consentTitle: string;
  policy: string;
  agree: string;
  notNow: string;

  formTitle: string;
  formStart: string;
  formMissing: string;
  choose: string;
  optional: string;
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
  ahead: { one: "# person is ahead of you.", other: "# people are ahead of you." },
  placeLabel: "Your place",
  waitLabel: "Estimated wait",
  waitUnknown: "We are asking the people who can help.",
  goOn: "You can go on writing. Whoever answers will have read it.",
  nextRead: "A person reads this conversation first.",
  nextHere: "They answer right here, with their name.",
  stayWithBot: "Stay with the bot",

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
  surveySoon: "It is sent in a moment.",
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

  menu: "More",
  soundOn: "Turn sound on",
  soundOff: "Turn sound off",
  download: "Download as text",
  downloadPage: "Download as a page",
  transcriptTitle: "Conversation with {title}",
  unread: { one: "# unread message", other: "# unread messages" },

  attach: "Attach files",
  uploading: "{name}: {percent} uploaded",
  notUploaded: "{name} was not uploaded: {detail}",
  removeFile: "Remove {name}",

  helpful: "Helpful",
  notHelpful: "Not helpful",

  consentTitle: "Before we start",
  policy: "Privacy policy",
  agree: "Agree and continue",
  notNow: "Not now",

  formTitle: "Tell us a little first",
  formStart: "Start chat",
  formMissing: "Please fill this in.",
  choose: "Please choose",
  optional: "(optional)",
};

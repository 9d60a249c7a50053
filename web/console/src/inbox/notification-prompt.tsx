// Asks once whether the desktop may tell that it rings; the account's menu keeps the offer.

import { useStored } from "../desk/stored";
import { useNotificationPermission } from "../offer/use-alert";
import { Button } from "../parts/button";
import { useWords } from "../words/words";

export function NotificationPrompt() {
  const words = useWords();
  const [permission, ask] = useNotificationPermission();
  const [answer, setAnswer] = useStored("notification-prompt", ["open", "later"] as const, "open");
  if (permission !== "default" || answer === "later") return null;
  return (
    <div className="flex flex-col items-start gap-2 border-t border-line px-4 py-3 text-xs text-soft">
      <p>{words.account.notifyWhy}</p>
      <p className="flex flex-wrap gap-1.5">
        <Button size="small" onClick={ask}>
          {words.account.allowNotifications}
        </Button>
        <Button size="small" look="ghost" onClick={() => setAnswer("later")}>
          {words.account.notNow}
        </Button>
      </p>
    </div>
  );
}

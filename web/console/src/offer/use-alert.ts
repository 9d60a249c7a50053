// Everything outside the card that says it rings: sound, the window's title, a desktop notification.

import { useCallback, useEffect, useState } from "react";
import { customerNameOf } from "../desk/lists";
import { useWords } from "../words/words";
import type { Rung } from "./offer-card";
import { createRing, type Ring } from "./ring";

const FLASH_MS = 1_000;
let ring: Ring | null = null;

/** Made once, as early as possible, so that the first gesture unlocks it. */
export function prepareRing(): void {
  ring ??= createRing();
}

export function useAlert(offers: readonly Rung[], muted: boolean, onOpen: () => void): void {
  const words = useWords();
  const first = offers[0];
  const name = first ? customerNameOf(first.brief.customer?.name, first.conversation, words) : "";
  const id = first?.id;
  const rings = first !== undefined;

  useEffect(() => {
    if (!rings || muted) return;
    ring?.start();
    return () => ring?.stop();
  }, [rings, muted]);

  useEffect(() => {
    if (!rings) return;
    const before = document.title;
    let flash = false;
    const change = () => {
      flash = !flash;
      document.title = flash ? words.offer.titleFlash(name) : before;
    };
    change();
    const timer = setInterval(change, FLASH_MS);
    return () => {
      clearInterval(timer);
      document.title = before;
    };
  }, [rings, name, words]);

  const title = first ? words.offer.notificationTitle(first.queue_name) : "";
  const body = first?.brief.issue.text ?? "";
  useEffect(() => {
    if (!id || document.visibilityState === "visible" || !canNotify()) return;
    const notification = new Notification(title, { body: `${name}: ${body}`, tag: id, requireInteraction: true });
    notification.onclick = () => {
      window.focus();
      onOpen();
      notification.close();
    };
    return () => notification.close();
  }, [id, title, body, name, onOpen]);
}

function canNotify(): boolean {
  return "Notification" in globalThis && Notification.permission === "granted";
}

export type NotificationPermissionState = "unsupported" | NotificationPermission;

/** Whether desktop notifications are allowed, and the way to ask, which only a gesture may go. */
export function useNotificationPermission(): [NotificationPermissionState, () => void] {
  const [permission, setPermission] = useState<NotificationPermissionState>(() =>
    "Notification" in globalThis ? Notification.permission : "unsupported",
  );
  const ask = useCallback(() => {
    void Notification.requestPermission().then(setPermission);
  }, []);
  return [permission, ask];
}

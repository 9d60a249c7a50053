// Keeps the newest in sight for those who are at the end, and leaves those alone who are reading further up.
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** Nearer to the end than this counts as being there. */
const NEAR_PX = 48;
/** Above the beginning of a long message. */
const MARGIN_PX = 12;

export type Follow = {
  box: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  atEnd: boolean;
  toEnd: () => void;
  onScroll: () => void;
};

/** `own` is what was written here last and is on its way; `count` and `tail` change with what is shown. */
export function useFollow(own: string | null, count: number, tail: string): Follow {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [atEnd, setAtEnd] = useState(true);

  const look = () => {
    const { current } = box;
    if (!current) return;
    following.current = current.scrollHeight - current.scrollTop - current.clientHeight < NEAR_PX;
    setAtEnd(following.current);
  };
  const toEnd = () => {
    if (!box.current) return;
    box.current.scrollTop = box.current.scrollHeight;
    following.current = true;
  };
  const follow = () => {
    if (following.current) toEnd();
  };
  /** An answer longer than the view is shown from where it begins. */
  const arrive = () => {
    const newest = content.current?.lastElementChild;
    if (!box.current || !following.current) return;
    toEnd();
    if (!(newest instanceof HTMLElement) || newest.offsetHeight <= box.current.clientHeight) return;
    box.current.scrollTop = newest.offsetTop - MARGIN_PX;
    look();
  };

  useLayoutEffect(() => {
    if (own !== null) toEnd();
  }, [own]);
  useLayoutEffect(arrive, [count]);
  useLayoutEffect(follow, [tail]);
  useEffect(() => {
    // A phone's keyboard takes room, a comment's field needs some.
    const watcher = new ResizeObserver(follow);
    for (const part of [box.current, content.current]) part && watcher.observe(part);
    return () => watcher.disconnect();
  }, []);

  return { box, content, atEnd, toEnd, onScroll: look };
}

// A menu behind a button, after the pattern of the ARIA practices. Written here because a ready-made one would be a
// fifth of what the console loads first, and puts focus guards on the page that axe objects to.

import { Check } from "lucide-react";
import {
  cloneElement,
  createContext,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  use,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";

type Align = "start" | "end";
type Side = "bottom" | "top";

type TriggerProps = {
  ref?: (element: HTMLElement | null) => void;
  id?: string;
  onClick?: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  "aria-haspopup"?: "menu";
  "aria-expanded"?: boolean;
  "aria-controls"?: string | undefined;
};

type Props = { trigger: ReactElement<TriggerProps>; children: ReactNode; align?: Align; side?: Side };

const CloseContext = createContext<() => void>(() => {});

export function Menu({ trigger, children, align = "start", side = "bottom" }: Props) {
  const id = useId();
  const [open, setOpen] = useState<"first" | "last" | null>(null);
  const button = useRef<HTMLElement | null>(null);
  const close = () => {
    setOpen(null);
    button.current?.focus();
  };
  return (
    <>
      {cloneElement(trigger, {
        ref: (element: HTMLElement | null) => {
          button.current = element;
        },
        id: `${id}-button`,
        "aria-haspopup": "menu",
        "aria-expanded": open !== null,
        "aria-controls": open === null ? undefined : id,
        onClick: () => setOpen(open === null ? "first" : null),
        onKeyDown: (event: KeyboardEvent) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          setOpen(event.key === "ArrowDown" ? "first" : "last");
        },
      })}
      {open !== null && (
        <CloseContext value={close}>
          <List id={id} button={button} begin={open} align={align} side={side} onGone={() => setOpen(null)}>
            {children}
          </List>
        </CloseContext>
      )}
    </>
  );
}

type ListProps = {
  id: string;
  button: { current: HTMLElement | null };
  begin: "first" | "last";
  align: Align;
  side: Side;
  onGone: () => void;
  children: ReactNode;
};

function List({ id, button, begin, align, side, onGone, children }: ListProps) {
  const close = use(CloseContext);
  const list = useRef<HTMLDivElement>(null);
  const at = usePlace(list, button, align, side);

  useEffect(() => {
    const items = itemsIn(list.current);
    (begin === "first" ? items[0] : items.at(-1))?.focus();
  }, [begin]);

  useEffect(() => {
    const press = (event: PointerEvent) => {
      const target = event.target as Node;
      if (!list.current?.contains(target) && !button.current?.contains(target)) onGone();
    };
    addEventListener("pointerdown", press);
    addEventListener("resize", onGone);
    return () => {
      removeEventListener("pointerdown", press);
      removeEventListener("resize", onGone);
    };
  }, [button, onGone]);

  const press = (event: KeyboardEvent) => {
    const items = itemsIn(list.current);
    const present = items.indexOf(document.activeElement as HTMLElement);
    const next = step(event.key, present, items);
    if (next) {
      next.focus();
      event.preventDefault();
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Tab") {
      onGone();
    }
    event.stopPropagation();
  };

  return (
    <div
      ref={list}
      id={id}
      role="menu"
      aria-labelledby={`${id}-button`}
      tabIndex={-1}
      onKeyDown={press}
      style={{ top: at?.top ?? 0, left: at?.left ?? 0, visibility: at ? "visible" : "hidden" }}
      className="scroll-thin fixed z-40 max-h-[85dvh] min-w-52 animate-arrive overflow-y-auto rounded-lg bg-raised p-1 text-left shadow-pop outline-none"
    >
      {children}
    </div>
  );
}

function itemsIn(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])];
}

/** Where a key leads: arrows go round, a letter finds the next item that begins with it. */
function step(key: string, present: number, items: HTMLElement[]): HTMLElement | undefined {
  if (key === "ArrowDown") return items[(present + 1) % items.length];
  if (key === "ArrowUp") return items.at(present - 1);
  if (key === "Home") return items[0];
  if (key === "End") return items.at(-1);
  if (key.length !== 1 || key === " ") return undefined;
  const after = [...items.slice(present + 1), ...items.slice(0, present + 1)];
  return after.find((item) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()));
}

const GAP_PX = 6;
const EDGE_PX = 8;

/** Beside the button, and always on the screen. */
function usePlace(
  list: { current: HTMLElement | null },
  button: { current: HTMLElement | null },
  align: Align,
  side: Side,
): { top: number; left: number } | null {
  const [at, setAt] = useState<{ top: number; left: number } | null>(null);
  useLayoutEffect(() => {
    const anchor = button.current?.getBoundingClientRect();
    const size = list.current?.getBoundingClientRect();
    if (!anchor || !size) return;
    const left = align === "start" ? anchor.left : anchor.right - size.width;
    const top = side === "bottom" ? anchor.bottom + GAP_PX : anchor.top - size.height - GAP_PX;
    const fit = (value: number, length: number, room: number) =>
      Math.max(EDGE_PX, Math.min(value, room - length - EDGE_PX));
    setAt({ top: fit(top, size.height, innerHeight), left: fit(left, size.width, innerWidth) });
  }, [list, button, align, side]);
  return at;
}

const row =
  "flex min-h-8 w-full items-center gap-2 rounded-md px-2 py-1 text-left text-sm outline-none select-none hover:bg-sunken focus:bg-sunken";

type ItemProps = { icon?: ReactNode; onSelect: () => void; children: ReactNode };

export function MenuItem({ icon, onSelect, children }: ItemProps) {
  const close = use(CloseContext);
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={row}
      onClick={() => {
        close();
        onSelect();
      }}
    >
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
    </button>
  );
}

type ChoiceProps<Value extends string> = {
  label: string;
  value: Value;
  options: { value: Value; name: string }[];
  onChange: (value: Value) => void;
};

export function MenuChoice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: in a menu, this is how choices belong together
    <div role="group" aria-label={label}>
      <p aria-hidden="true" className="px-2 pt-2 pb-1 text-2xs font-medium text-faint">
        {label}
      </p>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="menuitemradio"
          aria-checked={option.value === value}
          tabIndex={-1}
          className={row}
          onClick={() => onChange(option.value)}
        >
          <span className="min-w-0 flex-1">{option.name}</span>
          {option.value === value && <Check aria-hidden="true" className="size-3.5 text-accent-ink" />}
        </button>
      ))}
    </div>
  );
}

/** What a menu says without offering it. */
export function MenuText({ children }: { children: ReactNode }) {
  return (
    <p role="presentation" className="flex max-w-64 items-center gap-2 px-2 py-1 text-sm text-faint">
      {children}
    </p>
  );
}

export function MenuLine() {
  return <hr className="mx-1 my-1 border-line" />;
}

// The one way HTML gets on the screen: made by the server from Markdown, through the policy that the page allows.

import { memo, useLayoutEffect, useRef } from "react";

type Policy = { createHTML: (html: string) => unknown };
type Factory = { createPolicy: (name: string, rules: Policy) => Policy };

let policy: Policy | null = null;

/** The server's HTML is safe by construction; the policy names this place as the only one that may pass it on. */
function trusted(html: string): unknown {
  const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
  policy ??= factory?.createPolicy("baton-html", { createHTML: (safe) => safe }) ?? { createHTML: (safe) => safe };
  return policy.createHTML(html);
}

export const SafeHtml = memo(function SafeHtml({ html }: { html: string }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!box.current) return;
    box.current.innerHTML = trusted(html) as string;
    for (const link of box.current.querySelectorAll("a[href]")) {
      link.setAttribute("target", "_blank");
      link.setAttribute("rel", "noopener noreferrer");
    }
    for (const wide of box.current.querySelectorAll("pre, table")) {
      // What scrolls sideways must be reachable by keyboard.
      if (wide.scrollWidth > wide.clientWidth) wide.setAttribute("tabindex", "0");
    }
  }, [html]);
  return <div ref={box} className="prose-message" />;
});

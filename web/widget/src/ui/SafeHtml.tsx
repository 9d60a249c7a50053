import { useMemo } from "preact/hooks";

type HtmlPolicy = { createHTML(html: string): string };

type TrustedTypes = { createPolicy(name: string, rules: HtmlPolicy): HtmlPolicy };

// The only place where HTML comes in: what the server made safe from a bot's or an agent's Markdown. The page's policy
// refuses HTML from any other place.
const policy = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy("baton-html", {
  createHTML: (html) => html,
});

/** HTML that the server has made safe. */
export function SafeHtml({ html }: { html: string }) {
  const trusted = useMemo(() => ({ __html: policy ? policy.createHTML(html) : html }), [html]);
  return <div class="prose" dir="auto" dangerouslySetInnerHTML={trusted} />;
}

// The launcher's and the panel's looks. Written small, since every visitor of a site loads it.

export const STYLE = `
:host{all:initial;--brand:#4f46e5;--on-brand:#fff}
:host(.right){direction:ltr}:host(.left){direction:rtl}
button,#panel{position:fixed;z-index:2147483000;inset-block-end:20px;inset-inline-end:20px;box-shadow:0 6px 24px #0003}
button{min-inline-size:56px;block-size:56px;padding:14px;border:0;border-radius:28px;background:var(--brand);color:var(--on-brand);
cursor:pointer;font:600 15px system-ui;display:flex;gap:8px;align-items:center}
button:focus-visible{outline:3px solid var(--brand);outline-offset:3px}
svg{inline-size:28px;fill:none;stroke:currentColor;stroke-width:1.8}
span{position:absolute;inset-block-start:-4px;inset-inline-end:-4px;min-inline-size:12px;padding:0 5px;
border-radius:11px;background:#c4162f;color:#fff;font-size:12px;line-height:22px}
b:empty,span:empty,:host(.open) b,:host(.open) span{display:none}
#panel{inset-block-end:92px;inline-size:400px;block-size:min(680px,100vh - 112px);border-radius:var(--radius);overflow:hidden;
background:Canvas;color-scheme:var(--scheme,light dark);visibility:hidden;opacity:0;transition:opacity .18s,visibility .18s}
:host(.open) #panel{visibility:visible;opacity:1}
iframe{border:0;inline-size:100%;block-size:100%;color-scheme:inherit}
@media (max-width:480px),(max-height:480px){#panel{inset-inline:0;inset-block:var(--top,0) auto;inline-size:auto;
block-size:var(--height,100dvh);border-radius:0}:host(.open) button{display:none}}
`;

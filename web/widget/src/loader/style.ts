// The launcher's and the panel's looks. Written small, since every visitor of a site loads it.

export const STYLE = `
:host{all:initial;--brand:#4f46e5;--on-brand:#fff;position:fixed;z-index:2147483000;inset-block-end:0;inset-inline-end:0}
button{position:fixed;inset-block-end:20px;inset-inline-end:20px;inline-size:56px;block-size:56px;padding:0;border:0;
border-radius:50%;background:var(--brand);color:var(--on-brand);cursor:pointer;
box-shadow:0 1px 2px #0003,0 6px 20px #0003;transition:transform .15s,box-shadow .15s}
button:hover{transform:translateY(-1px);box-shadow:0 2px 4px #0003,0 10px 28px #0004}
button:active{transform:scale(.96)}
button:focus-visible{outline:3px solid var(--brand);outline-offset:3px}
svg{inline-size:28px;block-size:28px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round;vertical-align:middle}
span{position:absolute;inset-block-start:-4px;inset-inline-end:-4px;min-inline-size:22px;padding-inline:5px;box-sizing:border-box;
border-radius:11px;background:#c4162f;color:#fff;font:600 12px/22px system-ui,sans-serif;box-shadow:0 0 0 2px #fff}
span:empty,:host(.open) span{display:none}
#panel{position:fixed;inset-block-end:92px;inset-inline-end:20px;inline-size:400px;block-size:min(680px,100vh - 112px);
border-radius:18px;overflow:hidden;background:Canvas;color-scheme:light dark;
box-shadow:0 0 0 1px #0000000f,0 12px 48px #00000038;visibility:hidden;opacity:0;transform:translateY(8px) scale(.99);
transform-origin:bottom;transition:opacity .18s,transform .18s,visibility .18s}
:host(.open) #panel{visibility:visible;opacity:1;transform:none}
iframe{display:block;border:0;inline-size:100%;block-size:100%;color-scheme:light dark}
@media (max-width:480px),(max-height:480px){#panel{inset-inline:0;inset-block:var(--top,0) auto;inline-size:auto;
block-size:var(--height,100dvh);border-radius:0}:host(.open) button{display:none}}
@media (prefers-reduced-motion:reduce){*{transition:none!important}}
@media print{:host{display:none}}
`;

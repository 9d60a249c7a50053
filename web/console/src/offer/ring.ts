// The ring: two soft tones, synthesised, again and again until it is stopped. Browsers allow sound only after the
// person has touched the page, so it is unlocked at the first gesture.

const AGAIN_MS = 2_400;
const TONES = [
  { hz: 659.25, at_s: 0 },
  { hz: 830.61, at_s: 0.18 },
  { hz: 987.77, at_s: 0.36 },
] as const;
const TONE_S = 0.5;
const LOUDNESS = 0.16;

export type Ring = { start(): void; stop(): void };

/** One low double tone, for what a supervisor should look at; nothing when the page may make no sound yet. */
export function chime(): void {
  if (typeof AudioContext === "undefined") return;
  const context = new AudioContext();
  if (context.state !== "running") return void context.close();
  for (const [place, hz] of [440, 349.23].entries()) tone(context, hz, context.currentTime + place * 0.22);
  setTimeout(() => void context.close(), 1_500);
}

export function createRing(): Ring {
  let context: AudioContext | null = null;
  let timer: ReturnType<typeof setInterval> | null = null;

  const unlock = () => {
    context ??= new AudioContext();
    if (context.state === "suspended") void context.resume();
  };
  for (const gesture of ["pointerdown", "keydown"]) addEventListener(gesture, unlock, { passive: true });

  const once = () => {
    // Without a gesture so far there is no sound; title, card and notification still tell.
    if (context?.state !== "running") return;
    for (const { hz, at_s } of TONES) tone(context, hz, context.currentTime + at_s);
  };

  return {
    start() {
      if (timer) return;
      once();
      timer = setInterval(once, AGAIN_MS);
    },
    stop() {
      if (timer) clearInterval(timer);
      timer = null;
    },
  };
}

function tone(context: AudioContext, hz: number, at: number): void {
  const source = context.createOscillator();
  const volume = context.createGain();
  source.type = "sine";
  source.frequency.value = hz;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, at + TONE_S);
  source.connect(volume).connect(context.destination);
  source.start(at);
  source.stop(at + TONE_S);
}

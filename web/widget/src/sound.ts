// Two soft notes when somebody answers. Made here, so that nothing is loaded and no policy needs to allow media.

let context: AudioContext | null = null;

/** Browsers let a page make sounds once it was used; before that this is silent, and so it is where there is no sound. */
export function chime(): void {
  try {
    context ??= new AudioContext();
    const begin = context.currentTime + 0.02;
    for (const [index, pitch] of [659, 880].entries()) {
      const note = context.createOscillator();
      const volume = context.createGain();
      const at = begin + index * 0.11;
      note.frequency.value = pitch;
      volume.gain.setValueAtTime(0, at);
      volume.gain.linearRampToValueAtTime(0.12, at + 0.015);
      volume.gain.exponentialRampToValueAtTime(0.001, at + 0.32);
      note.connect(volume).connect(context.destination);
      note.start(at);
      note.stop(at + 0.34);
    }
  } catch {
    // No sound here.
  }
}

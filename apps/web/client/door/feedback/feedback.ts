import type { Colour } from '../rules/face.js';
import type { DoorSettings } from '../store/settings.js';

/** Tones in hertz and their length in milliseconds: higher is better, and each colour has a rhythm of its own. */
const tones: Readonly<Record<Colour, readonly (readonly [hertz: number, ms: number])[]>> = {
  green: [[1_320, 120]],
  orange: [
    [880, 120],
    [880, 120],
  ],
  red: [[220, 500]],
  purple: [
    [660, 120],
    [440, 240],
  ],
};

const vibrations: Readonly<Record<Colour, readonly number[]>> = {
  green: [60],
  orange: [60, 60, 60],
  red: [400],
  purple: [60, 60, 200],
};

const gapMs = 60;
const volume = 0.2;
let audio: AudioContext | undefined;

/** Browsers let a page sound only after somebody has touched it. */
export function unlockSound(): void {
  audio ??= new AudioContext();
  void audio.resume();
}

/** Tells a colour to those who look at a person and not at the phone. */
export function tell(colour: Colour, { sound, vibration }: DoorSettings): void {
  if (vibration && 'vibrate' in navigator) navigator.vibrate([...vibrations[colour]]);
  if (sound && audio?.state === 'running') play(audio, colour);
}

function play(context: AudioContext, colour: Colour): void {
  let at = context.currentTime;
  for (const [hertz, ms] of tones[colour]) {
    const [oscillator, gain] = [context.createOscillator(), context.createGain()];
    oscillator.frequency.value = hertz;
    gain.gain.value = volume;
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(at);
    oscillator.stop(at + ms / 1_000);
    at += (ms + gapMs) / 1_000;
  }
}

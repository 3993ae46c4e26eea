/** Three short sounds, made on the spot: right (two rising), wrong (low, twice), attention (one long). */
export type Sound = 'right' | 'wrong' | 'attention'

/** frequency Hz, start s, length s */
const NOTES: Record<Sound, { type: OscillatorType; notes: readonly (readonly [number, number, number])[] }> = {
  right: { type: 'sine', notes: [[880, 0, 0.07], [1318.5, 0.08, 0.11]] }, // prettier-ignore
  wrong: { type: 'square', notes: [[196, 0, 0.13], [164.8, 0.17, 0.22]] }, // prettier-ignore
  attention: { type: 'triangle', notes: [[659.3, 0, 0.28]] },
}

let context: AudioContext | null = null
let enabled = true

export function enableSounds(on: boolean): void {
  enabled = on
}

/** Plays a sound unless they are switched off; a machine without sound stays silent. */
export function play(sound: Sound): void {
  if (!enabled || typeof AudioContext === 'undefined') return
  context ??= new AudioContext()
  const { type, notes } = NOTES[sound]
  for (const [frequency, start, length] of notes) {
    const oscillator = new OscillatorNode(context, { type, frequency })
    const gain = new GainNode(context, { gain: 0 })
    const at = context.currentTime + start
    const loud = type === 'square' ? 0.08 : 0.16
    gain.gain.setValueAtTime(0, at)
    gain.gain.linearRampToValueAtTime(loud, at + 0.008)
    gain.gain.setValueAtTime(loud, at + length - 0.02)
    gain.gain.linearRampToValueAtTime(0, at + length)
    oscillator.connect(gain).connect(context.destination)
    oscillator.start(at)
    oscillator.stop(at + length)
  }
}

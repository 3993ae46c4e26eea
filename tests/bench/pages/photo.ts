/** Procedural photographs: a landscape or a row of books under uneven light, with grain; never a picture of anyone's. */
import { random, type Random } from './random.ts'
import type { Raster } from './sheet.ts'

/** Value noise of several octaves in [0, 1], without seams every `period` cells. */
export function fractal(seed: number, octaves: number): (x: number, y: number) => number {
  const rng = random(seed)
  const size = 64
  const lattice = Float32Array.from({ length: size * size }, () => rng.next())
  const at = (x: number, y: number): number => lattice[(y & (size - 1)) * size + (x & (size - 1))] ?? 0
  const smooth = (x: number, y: number): number => {
    const xi = Math.floor(x)
    const yi = Math.floor(y)
    const fx = x - xi
    const fy = y - yi
    const u = fx * fx * (3 - 2 * fx)
    const v = fy * fy * (3 - 2 * fy)
    const top = at(xi, yi) * (1 - u) + at(xi + 1, yi) * u
    const low = at(xi, yi + 1) * (1 - u) + at(xi + 1, yi + 1) * u
    return top * (1 - v) + low * v
  }
  return (x, y) => {
    let sum = 0
    let gain = 0.5
    let scale = 1
    for (let i = 0; i < octaves; i++) {
      sum += gain * smooth(x * scale + i * 17.3, y * scale + i * 9.1)
      gain *= 0.5
      scale *= 2
    }
    return sum / (1 - 2 ** -octaves)
  }
}

type Shade = (u: number, v: number) => readonly [number, number, number]

/** Hills behind a lake under a cloudy sky. */
function landscape(rng: Random): Shade {
  const noise = fractal(rng.int(1, 1e9), 5)
  const hue = rng.between(0, 1)
  const horizon = rng.between(0.45, 0.6)
  const sun = [rng.between(0.2, 0.8), rng.between(0.1, 0.3)] as const
  const view = (u: number, v: number): readonly [number, number, number] => {
    for (let layer = 0; layer < 4; layer++) {
      const ridge = horizon - 0.28 + layer * 0.09 + (noise(u * (3 + layer * 2) + layer * 11, layer * 3.7) - 0.5) * 0.34
      if (v > ridge && v < horizon + 0.02) {
        const haze = 0.72 - layer * 0.17
        const t = noise(u * 30, v * 30) * 0.16
        return [haze * 0.8 + t * 0.7, haze * 0.92 + t * (0.8 + hue * 0.3), haze + t * 0.3]
      }
    }
    const cloud = Math.max(0, noise(u * 4, v * 7 + 3) - 0.42) * 1.7
    const glow = Math.exp(-((u - sun[0]) ** 2 + (v - sun[1]) ** 2) * 14)
    return [0.5 + cloud * 0.5 + glow * 0.5, 0.64 + cloud * 0.36 + glow * 0.36, 0.82 + cloud * 0.18]
  }
  return (u, v) => {
    if (v <= horizon) return view(u, v)
    const depth = (v - horizon) / (1 - horizon)
    const wave = (noise(u * 9, depth * 60) - 0.5) * 0.05 * (0.4 + depth)
    const mirrored = view(u + wave, Math.max(0.02, horizon - depth * horizon * 0.92 + wave))
    const dim = 0.74 - depth * 0.3
    return [mirrored[0] * dim * 0.9, mirrored[1] * dim, mirrored[2] * dim * 1.06]
  }
}

/** Spines on a shelf. */
function shelf(rng: Random): Shade {
  const noise = fractal(rng.int(1, 1e9), 4)
  const spines: { to: number; top: number; tint: readonly [number, number, number]; band: number }[] = []
  for (let x = 0; x < 1;) {
    x += rng.between(0.025, 0.075)
    const tone = rng.between(0.18, 0.75)
    spines.push({
      to: x,
      top: rng.between(0.1, 0.3),
      tint: [tone * rng.between(0.75, 1.15), tone * rng.between(0.65, 0.95), tone * rng.between(0.45, 0.9)],
      band: rng.between(0.4, 0.8),
    })
  }
  return (u, v) => {
    if (v > 0.9) return [0.46 + noise(u * 60, v * 4) * 0.2, 0.34 + noise(u * 60, v * 4) * 0.16, 0.22]
    const index = spines.findIndex((spine) => u < spine.to)
    const spine = spines[index]
    if (!spine || v < spine.top) return [0.07, 0.065, 0.06]
    const from = spines[index - 1]?.to ?? 0
    const t = (u - from) / (spine.to - from)
    const round = 0.45 + 0.75 * Math.sin(Math.PI * Math.min(1, Math.max(0, t)))
    const gilt = Math.abs(v - spine.band) < 0.012 || Math.abs(v - spine.top - 0.05) < 0.006 ? 1.7 : 1
    const grain = 0.9 + noise(u * 80, v * 80) * 0.2
    const k = round * gilt * grain
    return [spine.tint[0] * k, spine.tint[1] * k, spine.tint[2] * k]
  }
}

/** A photograph of the given size in pixels. */
export function photograph(seed: number, width: number, height: number, channels: 1 | 3): Raster {
  const rng = random(seed)
  const shade = rng.chance(0.5) ? landscape(rng) : shelf(rng)
  const data = new Uint8Array(width * height * channels)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [r, g, b] = shade(x / width, y / height)
      const grain = (rng.next() + rng.next() - 1) * 0.035
      const i = (y * width + x) * channels
      const byte = (v: number): number => Math.max(0, Math.min(255, (v + grain) * 255))
      if (channels === 1) data[i] = byte(r * 0.3 + g * 0.59 + b * 0.11)
      else {
        data[i] = byte(r)
        data[i + 1] = byte(g)
        data[i + 2] = byte(b)
      }
    }
  return { data, width, height, channels, dpi: 300 }
}

/** Screens a grey picture into round dots of black ink at 45 degrees, `cell` pixels apart, at `zoom` times its size. */
export function halftone(picture: Raster, cell: number, zoom: number): Raster {
  const width = picture.width * zoom
  const height = picture.height * zoom
  const data = new Uint8Array(width * height)
  const k = (Math.PI * Math.SQRT2) / cell
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const screen = 0.5 + 0.25 * (Math.cos((x + y) * k) + Math.cos((x - y) * k))
      const tone = picture.data[Math.floor(y / zoom) * picture.width + Math.floor(x / zoom)] ?? 0
      data[y * width + x] = tone / 255 > screen * 0.92 + 0.04 ? 255 : 12
    }
  return { data, width, height, channels: 1, dpi: picture.dpi * zoom }
}

/**
 * Text as glyph outlines. Outlines instead of SVG text: page, line breaks and pixels then depend on two font files
 * out of the lockfile and never on the fonts that happen to be installed.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create } from '@cantoo/fontkit'

export type FontName = 'serif' | 'serifBold' | 'sans'

const FILES: Record<FontName, string> = {
  serif: '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  serifBold: '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
  sans: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
}

interface Glyph {
  id: number
  advanceWidth: number
  path: { toSVG(): string }
}
interface Font {
  unitsPerEm: number
  layout(text: string): { glyphs: Glyph[]; positions: { xAdvance: number; xOffset: number; yOffset: number }[] }
}

interface Shaped {
  /** Advance in em. */
  width: number
  glyphs: { id: number; x: number; y: number }[]
}

const require = createRequire(import.meta.url)
const fonts = new Map<FontName, Font>()
const shapes = new Map<string, Shaped>()
const outlines = new Map<string, string>()

function font(name: FontName): Font {
  const known = fonts.get(name)
  if (known) return known
  const loaded = create(readFileSync(require.resolve(FILES[name]))) as unknown as Font
  fonts.set(name, loaded)
  return loaded
}

/** Shapes one word or character; kept, because prose repeats itself. */
export function shape(name: FontName, text: string): Shaped {
  const key = `${name}|${text}`
  const known = shapes.get(key)
  if (known) return known
  const face = font(name)
  const run = face.layout(text)
  const glyphs: Shaped['glyphs'] = []
  let x = 0
  run.glyphs.forEach((glyph, i) => {
    const at = run.positions[i]
    if (!at) return
    const outlineKey = `${name}-${glyph.id}`
    if (!outlines.has(outlineKey)) outlines.set(outlineKey, glyph.path.toSVG())
    glyphs.push({ id: glyph.id, x: (x + at.xOffset) / face.unitsPerEm, y: at.yOffset / face.unitsPerEm })
    x += at.xAdvance
  })
  const shaped = { width: x / face.unitsPerEm, glyphs }
  shapes.set(key, shaped)
  return shaped
}

/** Width of the text in the unit of size. */
export const widthOf = (name: FontName, text: string, size: number): number => shape(name, text).width * size

/** The outline of a glyph that was shaped before, in font units with y upwards. */
export const outlineOf = (key: string): string => outlines.get(key) ?? ''

export const unitsPerEm = (name: FontName): number => font(name).unitsPerEm

import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { assetPath } from '../../host/places.ts'
import { DocumentError } from '../errors.ts'

const FILE_NAME = 'NotoSansSC_400Regular.ttf'

/** The stamp's font: among the app's assets in the product, in its package during development. */
export function fontPath(): string {
  const shipped = assetPath(`fonts/${FILE_NAME}`)
  if (existsSync(shipped)) return shipped
  try {
    return createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans-sc/400Regular/${FILE_NAME}`)
  } catch (error) {
    throw new DocumentError('font_missing', { file: FILE_NAME }, error)
  }
}

/** A font cut down to the characters of one document. Lengths are in thousandths of the size. */
export interface FontSubset {
  readonly name: string
  readonly data: Uint8Array
  /** Character to its glyph number in the subset and its advance. */
  readonly glyphs: Readonly<Record<string, { readonly id: number; readonly advance: number }>>
  readonly ascent: number
  readonly descent: number
  readonly capHeight: number
  readonly box: readonly [number, number, number, number]
  /** Characters that the font does not have; they are drawn as its empty box. */
  readonly missing: readonly string[]
}

/** Cuts the font down to the characters of `text`. Glyph numbers follow code points, so the bytes depend on nothing else. */
export async function subsetFont(text: string, path = fontPath()): Promise<FontSubset> {
  // Slow to load, and only who cuts a font needs it.
  const { create } = await import('@cantoo/fontkit')
  const opened = create(await readFile(path))
  if (!('createSubset' in opened)) throw new DocumentError('font_missing', { file: path })
  const scale = 1000 / opened.unitsPerEm
  const subset = opened.createSubset()
  const glyphs: Record<string, { id: number; advance: number }> = {}
  const missing: string[] = []
  for (const character of [...new Set(text)].sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!)) {
    const codePoint = character.codePointAt(0)!
    if (!opened.hasGlyphForCodePoint(codePoint)) missing.push(character)
    const glyph = opened.glyphForCodePoint(codePoint) ?? opened.getGlyph(0)
    if (!glyph) throw new DocumentError('font_missing', { file: path })
    glyphs[character] = { id: subset.includeGlyph(glyph), advance: glyph.advanceWidth * scale }
  }
  const { minX, minY, maxX, maxY } = opened.bbox
  return {
    name: opened.postscriptName ?? 'NotoSansSC-Regular',
    data: subset.encode(),
    glyphs,
    ascent: opened.ascent * scale,
    descent: opened.descent * scale,
    capHeight: opened.capHeight * scale,
    box: [minX * scale, minY * scale, maxX * scale, maxY * scale],
    missing,
  }
}

/** Width of a line of text at size 1000. */
export const textWidth = (font: FontSubset, line: string): number =>
  [...line].reduce((sum, character) => sum + (font.glyphs[character]?.advance ?? 1000), 0)

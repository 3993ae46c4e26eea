import { readFile } from 'node:fs/promises'
import { create } from '@cantoo/fontkit'
import { fontPath } from '../../documents/stamp/font.ts'

type Opened = Exclude<NonNullable<ReturnType<typeof create>>, { fonts: unknown }>

/** The font of all printed things, opened once: opening its 10 MB takes longer than drawing a hundred slips. */
export interface SlipFont {
  opened: Opened
  bytes: Uint8Array
  /** Advance of one character in thousandths of the size. */
  advance(character: string): number
}

let loading: Promise<SlipFont> | undefined

/** Opens the font, once per process. */
export function slipFont(): Promise<SlipFont> {
  loading ??= open().catch((error: unknown) => {
    loading = undefined
    throw error
  })
  return loading
}

async function open(): Promise<SlipFont> {
  const bytes = await readFile(fontPath())
  const opened = create(bytes) as Opened
  const scale = 1000 / opened.unitsPerEm
  const advances = new Map<string, number>()
  return {
    opened,
    bytes,
    advance(character) {
      let found = advances.get(character)
      if (found === undefined) {
        found = (opened.glyphForCodePoint(character.codePointAt(0)!)?.advanceWidth ?? opened.unitsPerEm) * scale
        advances.set(character, found)
      }
      return found
    },
  }
}

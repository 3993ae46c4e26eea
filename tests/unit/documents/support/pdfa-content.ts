/** What pages draw and the fonts they draw it with, held against PDF/A-2b (ISO 19005-2). */
import { create } from '@cantoo/fontkit'
import { readFile } from 'node:fs/promises'
import { listPages } from '../../../../electron/core/documents/pdf/read/pages.ts'
import { PdfFile } from '../../../../electron/core/documents/pdf/read/pdf-file.ts'
import { PdfStream, type PdfDict } from '../../../../electron/core/documents/pdf/read/values.ts'

/** Those that our pages need; none that sets a colour outside the output intent, and none of the standard is missing. */
const OPERATORS = new Set('q Q cm Do gs g rg BT ET Tf Tm Td Tr Tz Tj BDC EMC'.split(' '))
/** ISO 19005-2, 6.1.13. */
const DEEPEST = 28

export async function brokenContentRules(path: string): Promise<string[]> {
  const broken: string[] = []
  const must = (holds: boolean, rule: string): void => void (holds || broken.push(rule))
  await PdfFile.use(await readFile(path), {}, (file) => {
    for (const { dict, inherited } of listPages(file)) {
      const contents = file.resolve(dict.get('Contents'))
      const text = contents instanceof PdfStream ? Buffer.from(file.decoded(contents)).toString('latin1') : ''
      const resources = file.dict(inherited.get('Resources'))
      const named = (category: string, name: string): boolean =>
        file.dict(file.dict(resources?.get(category))?.get(name)) !== null ||
        file.resolve(file.dict(resources?.get(category))?.get(name)) instanceof PdfStream
      let depth = 0
      for (const [operator] of text.replace(/<<.*?>>|<[\dA-Fa-f]*>|\/\S+/g, ' ').matchAll(/[A-Za-z'"*]+/g)) {
        must(OPERATORS.has(operator), `6.2.2 no operator ${operator}`)
        if (operator === 'q') must(++depth <= DEEPEST, '6.1.13 no more than 28 states open')
        if (operator === 'Q') must(--depth >= 0, '6.2.2 states restored that were saved')
      }
      must(depth === 0, '6.2.2 states restored that were saved')
      for (const [category, pattern] of [
        ['XObject', /\/(\w+) Do/g],
        ['ExtGState', /\/(\w+) gs/g],
        ['Font', /\/(\w+) [\d.]+ Tf/g],
      ] as const)
        for (const [, name] of text.matchAll(pattern))
          must(named(category, name!), `6.2.2 ${category} ${name} is a resource of its page`)
      checkText(file, file.dict(resources?.get('Font')), text, must)
    }
  })
  return broken
}

type Must = (holds: boolean, rule: string) => void

/** Every glyph that is shown is in its font, is not .notdef and is as wide there as the file says. */
function checkText(file: PdfFile, fonts: PdfDict | null, text: string, must: Must): void {
  let font = ''
  let visible = true
  for (const [, name, mode, glyphs] of text.matchAll(/\/(\w+) [\d.]+ Tf|(\d) Tr|<([\dA-Fa-f]*)> Tj|ET/g)) {
    if (name !== undefined) font = name
    else if (mode !== undefined) visible = mode !== '3'
    else if (glyphs === undefined) visible = true
    else if (visible) checkGlyphs(fontOf(file, fonts, font), glyphs.match(/.{4}/g) ?? [], must)
  }
}

interface OpenFont {
  /** Thousandths of the size, by glyph. */
  readonly said: ReadonlyMap<number, number>
  real(glyph: number): number | null
}

const opened = new WeakMap<PdfDict, OpenFont | null>()

function fontOf(file: PdfFile, fonts: PdfDict | null, name: string): OpenFont | null {
  const dict = file.dict(fonts?.get(name))
  if (!dict) return null
  if (!opened.has(dict)) opened.set(dict, open(file, dict))
  return opened.get(dict) ?? null
}

function open(file: PdfFile, dict: PdfDict): OpenFont | null {
  const descendant = file.dict(file.array(dict.get('DescendantFonts'))[0])
  const program = file.resolve(file.dict(descendant?.get('FontDescriptor'))?.get('FontFile2'))
  if (!descendant || !(program instanceof PdfStream)) return null
  const font = create(Buffer.from(file.decoded(program)))
  if (!('createSubset' in font)) return null
  const said = new Map<number, number>()
  const widths = file.array(descendant.get('W'))
  for (let i = 0; i + 1 < widths.length; i += 2)
    file.array(widths[i + 1]).forEach((width, k) => said.set(file.number(widths[i])! + k, file.number(width)!))
  return {
    said,
    real: (glyph) => {
      const advance = glyph < font.numGlyphs ? font.getGlyph(glyph)?.advanceWidth : undefined
      return advance === undefined ? null : (advance * 1000) / font.unitsPerEm
    },
  }
}

function checkGlyphs(font: OpenFont | null, glyphs: readonly string[], must: Must): void {
  must(font !== null, '6.2.11.4 text is written in an embedded font')
  for (const code of font ? glyphs : []) {
    const glyph = Number.parseInt(code, 16)
    const real = font!.real(glyph)
    must(glyph !== 0, '6.2.11.8 no .notdef')
    must(real !== null, '6.2.11.4 its glyphs are in the font')
    must(Math.abs((font!.said.get(glyph) ?? 1000) - (real ?? 0)) <= 1, '6.2.11.5 widths as in the font')
  }
}

import { deflateSync } from 'node:zlib'
import { PDFName, PDFString, type PDFContext, type PDFDict, type PDFRef } from 'pdf-lib'
import { hex4, unicodeMap } from '../../documents/stamp/embed-font.ts'
import type { SlipFont } from './font.ts'

/** Six capitals say "a part of this font" (ISO 32000-1 section 9.6.4). */
const FONT_NAME = 'BALISD+NotoSansSC-Regular'

/** Bytes as a stream packed with the system's own zlib, several times faster than the one inside pdf-lib. */
export function packed(context: PDFContext, bytes: Uint8Array, entries: Record<string, string | number> = {}): PDFRef {
  return context.register(context.stream(deflateSync(bytes), { ...entries, Filter: 'FlateDecode' }))
}

/**
 * A part of the font for one document: hands out glyph numbers while pages are written, then puts itself into the file
 * as a composite font (Type 0, Identity-H, with a map back to Unicode, so that Chinese can be searched and copied).
 * pdf-lib's own way shapes every line anew, which our labels do not need and which takes most of a slip's time.
 */
export class FontPart {
  readonly #font: SlipFont
  readonly #subset: ReturnType<SlipFont['opened']['createSubset']>
  readonly #glyphs = new Map<string, number>()

  constructor(font: SlipFont) {
    this.#font = font
    this.#subset = font.opened.createSubset()
  }

  /** A line as the hexadecimal operand of Tj. */
  encode(line: string): string {
    let text = ''
    for (const character of line) {
      let id = this.#glyphs.get(character)
      if (id === undefined) {
        const { opened } = this.#font
        id = this.#subset.includeGlyph(opened.glyphForCodePoint(character.codePointAt(0)!) ?? opened.getGlyph(0)!)
        this.#glyphs.set(character, id)
      }
      text += hex4(id)
    }
    return text
  }

  /** The font as an object of the file; call it after the last page. */
  font(context: PDFContext): PDFDict {
    const { opened } = this.#font
    const scale = 1000 / opened.unitsPerEm
    const { minX, minY, maxX, maxY } = opened.bbox
    const program = this.#subset.encode()
    const descriptor = context.obj({
      Type: 'FontDescriptor',
      FontName: FONT_NAME,
      Flags: 4,
      FontBBox: [minX, minY, maxX, maxY].map((value) => value * scale),
      ItalicAngle: 0,
      Ascent: opened.ascent * scale,
      Descent: opened.descent * scale,
      CapHeight: opened.capHeight * scale,
      StemV: 80,
      FontFile2: packed(context, program, { Length1: program.length }),
    })
    const glyphs = Object.fromEntries(
      [...this.#glyphs].map(([character, id]) => [character, { id, advance: this.#font.advance(character) }]),
    )
    const widths = Object.values(glyphs).flatMap(({ id, advance }) => [id, [advance]])
    const descendant = context.obj({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: FONT_NAME,
      CIDSystemInfo: context.obj({
        Registry: PDFString.of('Adobe'),
        Ordering: PDFString.of('Identity'),
        Supplement: 0,
      }),
      FontDescriptor: context.register(descriptor),
      DW: 1000,
      W: context.obj(widths),
      CIDToGIDMap: 'Identity',
    })
    return context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: FONT_NAME,
      Encoding: 'Identity-H',
      DescendantFonts: [context.register(descendant)],
      ToUnicode: packed(context, Buffer.from(unicodeMap({ glyphs }), 'latin1')),
    })
  }
}

/** The font's name on every page. */
export const FONT = PDFName.of('F')

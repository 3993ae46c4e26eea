import type { ObjectFile } from '../pdf/object-file.ts'
import { num, ref } from '../pdf/syntax.ts'
import type { FontSubset } from '../stamp/font.ts'
import type { OcrLine, OcrWord } from './recognise.ts'

/** Name of the invisible font among a page's resources. */
export const TEXT_FONT_NAME = 'BalisDeskT'
/** Every character of the invisible font is half as wide as high; words are stretched to their place. */
const ADVANCE = 500
/** The space: glyph 0 stands for missing characters, which PDF/A forbids even where nobody sees them (6.2.11.8). */
const EMPTY_GLYPH = 1

/**
 * Writes a font that draws nothing and can say everything: codes are UTF-16 units, every one shows the same empty glyph
 * (ISO 32000-1, 9.7.4 and 9.10.3). `program` is a font of nothing but the space.
 */
export async function writeInvisibleFont(file: ObjectFile, program: FontSubset): Promise<number> {
  const [font, descendant, descriptor, data, toUnicode, glyphMap] = Array.from({ length: 6 }, () =>
    file.allocate(),
  ) as [number, number, number, number, number, number]
  await file.compressed(data, `/Length1 ${program.data.length}`, program.data)
  await file.compressed(glyphMap, '', Buffer.alloc(2 * 65536, Uint8Array.of(0, EMPTY_GLYPH)))
  await file.compressed(toUnicode, '', Buffer.from(identityMap(), 'latin1'))
  const name = '/BALISD+Invisible'
  await file.object(
    descriptor,
    `<</Type/FontDescriptor/FontName${name}/Flags 5/FontBBox[0 0 ${ADVANCE} 1000]/ItalicAngle 0/Ascent 1000/Descent 0` +
      `/CapHeight 1000/StemV 80/FontFile2 ${ref(data)}>>`,
  )
  await file.object(
    descendant,
    `<</Type/Font/Subtype/CIDFontType2/BaseFont${name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>` +
      `/FontDescriptor ${ref(descriptor)}/DW ${ADVANCE}/CIDToGIDMap ${ref(glyphMap)}>>`,
  )
  await file.object(
    font,
    `<</Type/Font/Subtype/Type0/BaseFont${name}/Encoding/Identity-H/DescendantFonts[${ref(descendant)}]` +
      `/ToUnicode ${ref(toUnicode)}>>`,
  )
  return font
}

/** Each code is its own character; a range may not cross a change of the high byte. */
function identityMap(): string {
  const ranges = Array.from({ length: 256 }, (_, high) => {
    const byte = high.toString(16).padStart(2, '0')
    return `<${byte}00> <${byte}FF> <${byte}00>`
  })
  let blocks = ''
  for (let i = 0; i < ranges.length; i += 100) {
    const block = ranges.slice(i, i + 100)
    blocks += `${block.length} beginbfrange\n${block.join('\n')}\nendbfrange\n`
  }
  return (
    '/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n' +
    '/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n' +
    `/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n${blocks}` +
    'endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n'
  )
}

const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u

/** The page's text as invisible content in its place; `scale` is points a pixel. */
export function textLayerContent(lines: readonly OcrLine[], scale: number, pageHeight: number): string {
  // Invisibility and stretching belong to the graphics state and would outlive the text object.
  let content = 'q BT 3 Tr\n'
  for (const line of lines) {
    const size = Math.max(1, line.height * scale)
    content += `/${TEXT_FONT_NAME} ${num(size)} Tf\n`
    line.words.forEach((word, i) => {
      const next = line.words[i + 1]
      const text = wordText(word, next)
      // Chinese has no spaces: each piece reaches to the next, so that no reader takes the gap for one.
      const end = next && !text.endsWith(' ') && next.x0 > word.x0 ? next.x0 : word.x1
      const width = Math.max(1, end - word.x0) * scale
      const units = text.trimEnd().length
      const stretch = (width / ((units * ADVANCE * size) / 1000)) * 100
      const y = pageHeight - line.baseline * scale
      content += `${num(stretch)} Tz 1 0 0 1 ${num(word.x0 * scale)} ${num(y)} Tm <${utf16(text)}> Tj\n`
    })
  }
  return `${content}ET Q\n`
}

/** A word with the space after it, where the script has spaces and another word follows. */
function wordText({ text }: OcrWord, next: OcrWord | undefined): string {
  if (!next) return text
  const glued = IDEOGRAPH.test(text.at(-1)!) || IDEOGRAPH.test(next.text[0]!)
  return glued ? text : `${text} `
}

const utf16 = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex')

import { createHash } from 'node:crypto'
import type { ObjectFile } from '../pdf/object-file.ts'
import { num, nums, ref } from '../pdf/syntax.ts'
import type { FontSubset } from './font.ts'

/**
 * Writes the subset as a composite font under the object number `font` (Type 0, Identity-H, with a ToUnicode map, so
 * that Chinese can be searched and copied; ISO 32000-1, 9.7).
 */
export async function embedFont(file: ObjectFile, font: number, subset: FontSubset): Promise<void> {
  const descendant = file.allocate()
  const descriptor = file.allocate()
  const program = file.allocate()
  const toUnicode = file.allocate()
  const baseFont = `/${subsetTag(subset.data)}+${subset.name}`
  await file.compressed(program, `/Length1 ${subset.data.length}`, subset.data)
  await file.compressed(toUnicode, '', Buffer.from(unicodeMap(subset), 'latin1'))
  await file.object(
    descriptor,
    `<</Type/FontDescriptor/FontName${baseFont}/Flags 4/FontBBox[${nums(subset.box)}]/ItalicAngle 0` +
      `/Ascent ${num(subset.ascent)}/Descent ${num(subset.descent)}/CapHeight ${num(subset.capHeight)}/StemV 80` +
      `/FontFile2 ${ref(program)}>>`,
  )
  const widths = Object.values(subset.glyphs).map(({ id, advance }) => `${id}[${num(advance)}]`)
  await file.object(
    descendant,
    `<</Type/Font/Subtype/CIDFontType2/BaseFont${baseFont}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)` +
      `/Supplement 0>>/FontDescriptor ${ref(descriptor)}/DW 1000/W[${widths.join('')}]/CIDToGIDMap/Identity>>`,
  )
  await file.object(
    font,
    `<</Type/Font/Subtype/Type0/BaseFont${baseFont}/Encoding/Identity-H/DescendantFonts[${ref(descendant)}]` +
      `/ToUnicode ${ref(toUnicode)}>>`,
  )
}

/** Six capital letters that tell this subset from others (ISO 32000-1, 9.6.4). */
function subsetTag(data: Uint8Array): string {
  const digest = createHash('sha256').update(data).digest()
  return Array.from(digest.subarray(0, 6), (byte) => String.fromCharCode(65 + (byte % 26))).join('')
}

/** Four hexadecimal digits, as glyph numbers and UTF-16 units are written. */
export const hex4 = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0')

/** The ToUnicode map of a font subset: from glyph numbers back to characters, for search and copy. */
export function unicodeMap({ glyphs }: Pick<FontSubset, 'glyphs'>): string {
  const lines = Object.entries(glyphs).map(([character, { id }]) => {
    const units = Array.from({ length: character.length }, (_, i) => hex4(character.charCodeAt(i)))
    return `<${hex4(id)}> <${units.join('')}>`
  })
  let blocks = ''
  for (let i = 0; i < lines.length; i += 100) {
    const block = lines.slice(i, i + 100)
    blocks += `${block.length} beginbfchar\n${block.join('\n')}\nendbfchar\n`
  }
  return (
    '/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n' +
    '/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n' +
    '/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n' +
    `1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n${blocks}` +
    'endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n'
  )
}

/** A line as the hexadecimal string operand of Tj. */
export const glyphString = (subset: FontSubset, line: string): string =>
  `<${[...line].map((character) => hex4(subset.glyphs[character]?.id ?? 0)).join('')}>`

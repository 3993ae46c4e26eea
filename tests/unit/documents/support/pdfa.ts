/**
 * The rules of PDF/A-2b (ISO 19005-2) that a file of scanned pages can break: its structure, its metadata, its colour
 * profile, what its pages draw and the fonts they draw it with. It is no validator: of the font programs only glyphs and
 * widths are looked at, and the bits of images are taken on trust.
 */
import { XMLValidator } from 'fast-xml-parser'
import { readFile } from 'node:fs/promises'
import { brokenContentRules } from './pdfa-content.ts'
import { tool, toolBytes } from './tools.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Dict = { [key: string]: Json }

interface Described {
  readonly value?: Json
  readonly stream?: { readonly dict: Dict }
}

const isDict = (value: Json | undefined): value is Dict =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the file breaks, in words; empty for one that keeps all of them. */
export async function brokenRules(path: string): Promise<string[]> {
  const broken: string[] = []
  const must = (holds: boolean, rule: string): void => void (holds || broken.push(rule))
  const json = JSON.parse(await tool('qpdf', '--json=2', '--json-stream-data=none', path)) as {
    qpdf: [unknown, Record<string, Described>]
  }
  const objects = json.qpdf[1]
  const bytes = await readFile(path)
  const get = (value: Json | undefined): Json => {
    const found = typeof value === 'string' && /^\d+ \d+ R$/.test(value) ? objects[`obj:${value}`] : undefined
    return found ? (found.stream?.dict ?? found.value ?? null) : (value ?? null)
  }
  const dict = (value: Json | undefined): Dict => {
    const found = get(value)
    return isDict(found) ? found : {}
  }

  must(/^%PDF-1\.[0-7]\n%[\x80-\xff]{4}/.test(bytes.toString('latin1', 0, 20)), '6.1.2 header with a binary comment')
  must(/%%EOF\r?\n?$/.test(bytes.toString('latin1', bytes.length - 8)), '6.1.3 nothing behind the end')
  const trailer = dict(objects['trailer']!.value)
  must(Array.isArray(trailer['/ID']), '6.1.3 an ID in the trailer')
  must(trailer['/Encrypt'] === undefined, '6.1.3 not encrypted')

  const catalog = dict(trailer['/Root'])
  const [intent] = [get(catalog['/OutputIntents'])].flat()
  must(dict(intent)['/S'] === '/GTS_PDFA1', '6.2.3 an output intent for PDF/A')
  must(dict(dict(intent)['/DestOutputProfile'])['/N'] === 3, '6.2.3 its profile, of three colours')
  const profile = await streamOf(path, String(dict(intent)['/DestOutputProfile']))
  must(/^(prtr|mntr|scnr|spac)RGB $/.test(profile.toString('latin1', 12, 20)), '6.2.3 a profile of an RGB device')
  must(profile.length > 128 && profile[8]! <= 4 && profile.readUInt32BE(0) === profile.length, '6.2.3 a whole profile')
  const forbidden = ['/AA', '/OpenAction', '/Names', '/AcroForm', '/NeedsRendering', '/Requirements', '/OCProperties']
  for (const key of forbidden) must(catalog[key] === undefined, `6.4 to 6.11 no ${key} in the catalog`)

  const metadata = dict(catalog['/Metadata'])
  must(metadata['/Type'] === '/Metadata' && metadata['/Filter'] === undefined, '6.6.2 metadata in plain sight')
  const xmp = /<\?xpacket begin[^]*?<\?xpacket end="[rw]"\?>/.exec(bytes.toString('utf8'))?.[0] ?? ''
  must(xmp.includes('<pdfaid:part>2<') && xmp.includes('<pdfaid:conformance>B<'), '6.6.4 its part and level')
  must(!/xpacket[^>]*(bytes|encoding)=/.test(xmp), '6.6.2 no bytes or encoding in the packet')
  must(xmp !== '' && XMLValidator.validate(xmp.replace(/<\?xpacket[^>]*\?>/g, '')) === true, '6.6.2 well-formed XMP')
  for (const [, name] of xmp.matchAll(/<(?!\/)([a-z]+:[A-Za-z]+)/g))
    must(PREDEFINED.test(name!), `6.6.2.3 ${name} is of a predefined schema`)

  for (const described of Object.values(objects)) {
    const one = described.stream?.dict ?? described.value
    if (!isDict(one)) continue
    if (described.stream) {
      const filters = [get(one['/Filter'])].flat()
      must(!filters.includes('/LZWDecode') && !filters.includes('/Crypt'), '6.1.7 no LZW and no crypt filter')
      for (const key of ['/F', '/FFilter', '/FDecodeParms']) must(one[key] === undefined, `6.1.7 no ${key} in a stream`)
    }
    for (const key of ['/JS', '/EF', '/AF', '/Annots', '/XFA']) must(one[key] === undefined, `6.3 to 6.8 no ${key}`)
    must(!ACTIONS.has(String(one['/S'])), `6.5.1 no action ${String(one['/S'])}`)
    for (const value of [...Object.keys(one), ...Object.values(one)])
      if (typeof value === 'string') must(value.length <= (value.startsWith('/') ? 128 : 32_767), '6.1.13 short names')
    if (one['/Subtype'] === '/Image') {
      const depth = one['/BitsPerComponent']
      must(depth === undefined || [1, 2, 4, 8, 16].includes(Number(depth)), '6.2.8 bits of 1 to 16')
      for (const key of ['/Alternates', '/OPI', '/Interpolate']) must(!one[key], `6.2.8 no ${key} in an image`)
      must(one['/ColorSpace'] !== '/DeviceCMYK', '6.2.4.3 no CMYK beside an RGB intent')
    }
    if (one['/Subtype'] === '/Form') must(one['/PS'] === undefined && one['/Ref'] === undefined, '6.2.9 plain forms')
    if (one['/Type'] === '/ExtGState')
      for (const key of ['/TR', '/TR2', '/HTP', '/BM', '/SMask'])
        must(one[key] === undefined, `6.2.5, 6.2.10 no ${key} in a state`)
    if (one['/Type'] === '/Font' && /CIDFont/.test(String(one['/Subtype']))) {
      must(dict(one['/FontDescriptor'])['/FontFile2'] !== undefined, '6.2.11.4 fonts are embedded')
      must(one['/CIDToGIDMap'] !== undefined, '6.2.11.3 glyphs are named by the file')
      if (one['/CIDToGIDMap'] !== '/Identity')
        must(await namesGlyphs(path, String(one['/CIDToGIDMap'])), '6.2.11.8 no .notdef')
    } else if (one['/Type'] === '/Font') must(one['/Subtype'] === '/Type0', '6.2.11.4 no font that is not embedded')
    if (one['/Type'] === '/Page') {
      must(one['/AA'] === undefined && one['/PresSteps'] === undefined, '6.5, 6.10 pages that do nothing')
      const [x0, y0, x1, y1] = get(one['/MediaBox']) as number[]
      const sides = [x1! - x0!, y1! - y0!]
      must(
        sides.every((side) => side >= 3 && side <= 14_400),
        '6.1.13 pages of 3 to 14,400 units',
      )
    }
  }
  return [...new Set([...broken, ...(await brokenContentRules(path))])]
}

/** Names of the schemas of XMP, Dublin Core, PDF and PDF/A that need no description of their own. */
const PREDEFINED =
  /^(x:xmpmeta|rdf:(RDF|Description|Alt|Bag|Seq|li)|dc:(title|identifier|publisher|creator)|pdf:(Keywords|Producer)|xmp:(CreateDate|ModifyDate)|pdfaid:(part|conformance))$/
const ACTIONS = new Set(
  ['JavaScript', 'Launch', 'Sound', 'Movie', 'ResetForm', 'ImportData', 'Hide', 'SubmitForm', 'Rendition'].map(
    (name) => `/${name}`,
  ),
)

/** A stream's decoded bytes by its reference; empty where there is none. */
async function streamOf(path: string, reference: string): Promise<Buffer> {
  const number = /^\d+(?= \d+ R$)/.exec(reference)?.[0]
  return number === undefined
    ? Buffer.alloc(0)
    : toolBytes('qpdf', '--filtered-stream-data', `--show-object=${number}`, path)
}

async function namesGlyphs(path: string, reference: string): Promise<boolean> {
  const map = await streamOf(path, reference)
  return map.length > 0 && map.every((byte, i) => i % 2 === 0 || byte !== 0)
}

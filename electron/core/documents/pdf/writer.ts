import { createHash } from 'node:crypto'
import type { DocumentMetadata } from '../types.ts'
import { deflate, ObjectFile } from './object-file.ts'
import { writeOutline, type OutlineItem } from './outline.ts'
import { writeOutputIntent } from './output-intent.ts'
import { pageLabels, type PageLabel } from './page-labels.ts'
import { date, ref, text } from './syntax.ts'

/** Pages under one node of the page tree; with two levels of nodes this holds 10,000 pages and a viewer finds each at once. */
const PAGES_A_NODE = 100
const PRODUCER = 'BALIS Desk'

export interface Closing {
  readonly metadata: DocumentMetadata
  /** yyyy-mm-dd; absent where nothing dated the document. */
  readonly date?: string
  /** Pages at the front that are not counted. */
  readonly covers: number
  /** Anything that tells this document's content from another's; becomes its /ID. */
  readonly fingerprint: string
  /** The pages are such that the file may say it is PDF/A-2b. */
  readonly pdfa?: boolean
}

/**
 * A PDF 1.7 file written in one go, front to back: objects first, then page tree, metadata and a cross-reference
 * stream. The same calls give the same bytes.
 */
export class PdfWriter {
  readonly file: ObjectFile
  readonly #catalog: number
  readonly #nodes: { object: number; pages: number[] }[] = []
  readonly #outline: OutlineItem[] = []
  readonly #layers: { groups: number[]; hidden: number[] } = { groups: [], hidden: [] }
  readonly #labels: (PageLabel | undefined)[] = []
  #pages = 0

  private constructor(file: ObjectFile) {
    this.file = file
    this.#catalog = file.allocate()
  }

  static async create(path: string): Promise<PdfWriter> {
    const file = await ObjectFile.create(path)
    const writer = new PdfWriter(file)
    await file.raw('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')
    return writer
  }

  get pageCount(): number {
    return this.#pages
  }

  /**
   * Adds a page as the last; `entries` are those of its dictionary but /Type and /Parent. Without a label of its own it
   * is called by its place.
   */
  async addPage(object: number, entries: string, label?: PageLabel): Promise<void> {
    this.#labels.push(label)
    let node = this.#nodes.at(-1)
    if (!node || node.pages.length === PAGES_A_NODE) {
      node = { object: this.file.allocate(), pages: [] }
      this.#nodes.push(node)
    }
    node.pages.push(object)
    this.#pages++
    await this.file.object(object, `<</Type/Page/Parent ${ref(node.object)}${entries}>>`)
  }

  /** Adds layers (optional content groups) by object number. */
  addLayers({ groups, hidden }: { groups: readonly number[]; hidden: readonly number[] }): void {
    this.#layers.groups.push(...groups)
    this.#layers.hidden.push(...hidden)
  }

  /** Adds bookmarks after those that are there. */
  addOutline(items: readonly OutlineItem[]): void {
    this.#outline.push(...items)
  }

  /** Writes everything that stands at the end and closes the file. */
  async finish(closing: Closing): Promise<void> {
    const { file } = this
    const { metadata } = closing
    const root = await this.#writePageTree()
    const info = file.allocate()
    const xmp = file.allocate()
    const created = closing.date ? `/CreationDate${date(closing.date)}/ModDate${date(closing.date)}` : ''
    await file.object(
      info,
      `<</Title${text(metadata.title)}/Author${text(metadata.library)}/Keywords${text(metadata.requestNo)}` +
        `/Producer(${PRODUCER})${created}>>`,
    )
    await file.stream(xmp, '/Type/Metadata/Subtype/XML', Buffer.from(xmpPacket(closing), 'utf8'))
    const outline = await writeOutline(file, this.#outline)
    const bookmarks = outline === null ? '' : `/Outlines ${ref(outline)}/PageMode/UseOutlines`
    const intent = closing.pdfa ? await writeOutputIntent(file) : ''
    await file.object(
      this.#catalog,
      `<</Type/Catalog/Pages ${ref(root)}/Metadata ${ref(xmp)}/PageLabels<</Nums[${pageLabels(this.#labels, closing.covers)}]>>` +
        `/ViewerPreferences<</DisplayDocTitle true>>${bookmarks}${intent}${this.#optionalContent()}>>`,
    )
    await file.pack()
    const id = createHash('sha256').update(closing.fingerprint).digest('hex').slice(0, 32)
    await this.#writeCrossReferences(`/Root ${ref(this.#catalog)}/Info ${ref(info)}/ID[<${id}><${id}>]`)
    await file.close()
  }

  #optionalContent(): string {
    const { groups, hidden } = this.#layers
    if (groups.length === 0) return ''
    const all = groups.map(ref).join(' ')
    return `/OCProperties<</OCGs[${all}]/D<</Order[${all}]/OFF[${hidden.map(ref).join(' ')}]>>>>`
  }

  async #writePageTree(): Promise<number> {
    const { file } = this
    let level = this.#nodes.map((node) => ({ object: node.object, count: node.pages.length, kids: node.pages }))
    if (level.length === 0) level = [{ object: file.allocate(), count: 0, kids: [] }]
    while (level.length > 1) {
      const parents: typeof level = []
      for (let i = 0; i < level.length; i += PAGES_A_NODE) {
        const children = level.slice(i, i + PAGES_A_NODE)
        const parent = file.allocate()
        for (const node of children) await file.object(node.object, pagesNode(node, parent))
        const count = children.reduce((sum, node) => sum + node.count, 0)
        parents.push({ object: parent, count, kids: children.map((node) => node.object) })
      }
      level = parents
    }
    const [root] = level as [(typeof level)[number]]
    await file.object(root.object, pagesNode(root, null))
    return root.object
  }

  async #writeCrossReferences(trailer: string): Promise<void> {
    const { file } = this
    const self = file.allocate()
    const start = file.position
    const { place, index } = file.places
    const offsetBytes = start < 2 ** 24 ? 3 : start < 2 ** 32 ? 4 : 6
    const rowLength = 1 + offsetBytes + 1
    const size = self + 1
    const rows = Buffer.alloc(size * rowLength)
    for (let object = 1; object < size; object++) {
      const at = object * rowLength
      const where =
        object === self ? { place: start, index: -1 } : { place: place[object - 1], index: index[object - 1] }
      if (where.index === undefined || where.place === undefined) continue // a free entry, all zeros
      rows[at] = where.index < 0 ? 1 : 2
      rows.writeUIntBE(where.place, at + 1, offsetBytes)
      rows[at + 1 + offsetBytes] = Math.max(0, where.index)
    }
    const entries = `/Type/XRef/Size ${size}/W[1 ${offsetBytes} 1]${trailer}/DecodeParms<</Predictor 12/Columns ${rowLength}>>`
    // Always compressed: prediction parameters have no meaning without a filter.
    await file.stream(self, `${entries}/Filter/FlateDecode`, deflate(predictUp(rows, rowLength)))
    await file.raw(`startxref\n${start}\n%%EOF\n`)
  }
}

function pagesNode({ count, kids }: { count: number; kids: readonly number[] }, parent: number | null): string {
  const up = parent === null ? '' : `/Parent ${ref(parent)}`
  return `<</Type/Pages${up}/Count ${count}/Kids[${kids.map(ref).join(' ')}]>>`
}

/** PNG prediction "up": rows of cross-references differ little from the one before. */
function predictUp(rows: Buffer, rowLength: number): Buffer {
  const count = rows.length / rowLength
  const out = Buffer.alloc(count * (rowLength + 1))
  for (let row = 0; row < count; row++) {
    const to = row * (rowLength + 1)
    out[to] = 2
    for (let i = 0; i < rowLength; i++) {
      const here = rows[row * rowLength + i]!
      const above = row > 0 ? rows[(row - 1) * rowLength + i]! : 0
      out[to + 1 + i] = here - above
    }
  }
  return out
}

/** What a file says of itself that keeps to ISO 19005-2, level B. */
const PDFA_CLAIM = '<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>'

const escapeXml = (value: string): string => value.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`)

function xmpPacket({ metadata, date: day, pdfa }: Closing): string {
  const created = day
    ? `<xmp:CreateDate>${day}T12:00:00Z</xmp:CreateDate><xmp:ModifyDate>${day}T12:00:00Z</xmp:ModifyDate>`
    : ''
  return (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">' +
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""' +
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"' +
    ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">' +
    `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(metadata.title)}</rdf:li></rdf:Alt></dc:title>` +
    `<dc:identifier>${escapeXml(metadata.requestNo)}</dc:identifier>` +
    `<dc:publisher><rdf:Bag><rdf:li>${escapeXml(metadata.library)}</rdf:li></rdf:Bag></dc:publisher>` +
    `<dc:creator><rdf:Seq><rdf:li>${escapeXml(metadata.library)}</rdf:li></rdf:Seq></dc:creator>` +
    `<pdf:Keywords>${escapeXml(metadata.requestNo)}</pdf:Keywords>` +
    `<pdf:Producer>${PRODUCER}</pdf:Producer>${created}${pdfa ? PDFA_CLAIM : ''}` +
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
  )
}

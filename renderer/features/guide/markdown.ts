/**
 * Reads the guides in docs/ (a part of Markdown: headings, paragraphs, lists, code, tables, pictures) as data, so that the
 * window draws them with its own parts and nothing becomes markup by itself.
 */

export type Inline = { kind: 'text' | 'strong' | 'code'; text: string } | { kind: 'link'; text: string; to: string }

export type Block =
  | { kind: 'paragraph'; text: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }
  | { kind: 'code'; text: string }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { kind: 'picture'; alt: string; file: string }

/** A heading and what stands under it, up to the next heading. */
export interface Section {
  /** As links name it: `page.md#id`. */
  id: string
  level: number
  title: string
  blocks: Block[]
}

const HEADING = /^(#{1,6})\s+(.+)$/
const PICTURE = /^!\[([^\]]*)\]\(([^)\s]+)\)$/
const ITEM = /^(?:-|(\d+)\.)\s+(.+)$/

/** The name of a heading's place, as the web's readers of Markdown make it. */
export const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')

/** @returns a page's sections in order; the first is its title */
export function readMarkdown(text: string): Section[] {
  const sections: Section[] = []
  const lines = text.split(/\r?\n/)
  let at = 0
  const add = (block: Block) => void sections.at(-1)?.blocks.push(block)
  /** Lines from here on while they belong together. */
  const take = (belongs: (line: string) => boolean): string[] => {
    const from = at
    while (at < lines.length && belongs(lines[at]!)) at++
    return lines.slice(from, at)
  }
  while (at < lines.length) {
    const line = lines[at]!
    const heading = HEADING.exec(line)
    const picture = PICTURE.exec(line)
    if (line.trim() === '') at++
    else if (heading) {
      const title = plain(readInline(heading[2]!))
      sections.push({ id: anchorOf(title), level: heading[1]!.length, title, blocks: [] })
      at++
    } else if (picture) {
      add({ kind: 'picture', alt: picture[1]!, file: picture[2]! })
      at++
    } else if (line.startsWith('```')) {
      at++
      add({ kind: 'code', text: take((one) => !one.startsWith('```')).join('\n') })
      at++
    } else if (line.startsWith('    ')) {
      add({ kind: 'code', text: take((one) => one.startsWith('    ')).map((one) => one.slice(4)).join('\n') }) // prettier-ignore
    } else if (line.startsWith('|')) {
      const [head = [], , ...rows] = take((one) => one.startsWith('|')).map(cellsOf)
      add({ kind: 'table', head, rows })
    } else if (ITEM.test(line)) add(readList(take((one) => ITEM.test(one) || /^ {2,}\S/.test(one))))
    else add({ kind: 'paragraph', text: readInline(take(isProse).join(' ')) })
  }
  return sections
}

const isProse = (line: string): boolean =>
  line.trim() !== '' && !HEADING.test(line) && !PICTURE.test(line) && !ITEM.test(line) && !/^(\||```)/.test(line)

function readList(lines: readonly string[]): Block {
  const items: string[] = []
  for (const line of lines) {
    const item = ITEM.exec(line)
    if (item) items.push(item[2]!)
    else items[items.length - 1] += ` ${line.trim()}`
  }
  return { kind: 'list', ordered: /^\d/.test(lines[0]!), items: items.map(readInline) }
}

/** A bar inside code is a character, as is one behind a backslash. */
const cellsOf = (line: string): Inline[][] =>
  [...line.slice(1).matchAll(/((?:\\\||`[^`]*`|[^|])*)\|/g)].map(([, cell]) => readInline(cell!.replaceAll('\\|', '|').trim())) // prettier-ignore

export function readInline(text: string): Inline[] {
  const found: Inline[] = []
  let last = 0
  const put = (inline: Inline) => void (inline.text !== '' && found.push(inline))
  for (const match of text.matchAll(/`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g)) {
    const [whole, code, strong, label, to] = match
    put({ kind: 'text', text: text.slice(last, match.index) })
    if (code !== undefined) put({ kind: 'code', text: code })
    else if (strong !== undefined) put({ kind: 'strong', text: strong })
    else put({ kind: 'link', text: label!.replaceAll('`', ''), to: to! })
    last = match.index + whole.length
  }
  put({ kind: 'text', text: text.slice(last) })
  return found
}

const plain = (inlines: readonly Inline[]): string => inlines.map(({ text }) => text).join('')

/** Everything that can be read in a section, for searching. */
export function textOf({ title, blocks }: Section): string {
  return [title, ...blocks.map(textOfBlock)].join(' ')
}

function textOfBlock(block: Block): string {
  if (block.kind === 'paragraph') return plain(block.text)
  if (block.kind === 'list') return block.items.map(plain).join(' ')
  if (block.kind === 'table') return [block.head, ...block.rows].flat().map(plain).join(' ')
  return block.kind === 'picture' ? block.alt : block.text
}

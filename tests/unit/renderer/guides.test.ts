/** The guides of docs/: alike in both languages, with every picture and every place they lead to. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, test } from 'vitest'
import { GUIDE_IDS, readGuides, targetOf } from '../../../renderer/features/guide/pages.ts'
import {
  readMarkdown,
  textOf,
  type Block,
  type Inline,
  type Section,
} from '../../../renderer/features/guide/markdown.ts'
import { TASKS } from '../../../renderer/features/guide/tasks.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const docs = join(root, 'docs')
const LANGUAGES = ['zh-CN', 'en'] as const
const PAGES = [...GUIDE_IDS, 'desk-guide'] as const
const pageOf = (name: string, language: string) =>
  readMarkdown(readFileSync(join(docs, `${name}.${language}.md`), 'utf8'))

const inlinesOf = (block: Block): Inline[] => {
  if (block.kind === 'paragraph') return block.text
  if (block.kind === 'list') return block.items.flat()
  return block.kind === 'table' ? [block.head, ...block.rows].flat(2) : []
}
const blocksOf = (sections: readonly Section[]) => sections.flatMap(({ blocks }) => blocks)
const linksOf = (sections: readonly Section[]) =>
  blocksOf(sections)
    .flatMap(inlinesOf)
    .flatMap((inline) => (inline.kind === 'link' ? [inline.to] : []))
const picturesOf = (sections: readonly Section[]) =>
  blocksOf(sections).flatMap((block) => (block.kind === 'picture' ? [block] : []))

/** What must be the same whatever the language: what follows on what, and where it leads. */
const shapeOf = (sections: readonly Section[]) =>
  sections.map(({ level, blocks }) => [level, ...blocks.map(shapeOfBlock)])
function shapeOfBlock(block: Block): string {
  if (block.kind === 'list') return `${block.ordered ? 'steps' : 'list'} of ${block.items.length}`
  if (block.kind === 'table') return `table of ${block.rows.length}`
  return block.kind
}
const neutral = (to: string) => to.replace(/\.(zh-CN|en)\./, '.LANGUAGE.').replace(/#.*$/, '')

describe.each(PAGES)('%s', (name) => {
  const [zh, en] = LANGUAGES.map((language) => pageOf(name, language)) as [Section[], Section[]]

  it('has the same headings, steps, tables and pictures in both languages', () => {
    expect(shapeOf(zh)).toEqual(shapeOf(en))
    expect(picturesOf(zh).map(({ file }) => neutral(file))).toEqual(picturesOf(en).map(({ file }) => neutral(file)))
  })
  it('leads to the same places in both languages', () => {
    expect(linksOf(zh).map(neutral)).toEqual(linksOf(en).map(neutral))
  })
  it.each(LANGUAGES)(
    'shows only pictures that are there, in its own language, with words for them (%s)',
    (language) => {
      for (const { file, alt } of picturesOf(pageOf(name, language))) {
        expect(existsSync(join(docs, file)), file).toBe(true)
        expect(file).toContain(`.${language}.`)
        expect(alt).not.toBe('')
      }
    },
  )
  it.each(LANGUAGES)('leads to headings that exist (%s)', (language) => {
    for (const link of linksOf(pageOf(name, language)).filter((to) => to.includes('#') && !to.startsWith('http'))) {
      const [file = '', heading] = link.split('#')
      const target = file === '' ? pageOf(name, language) : readMarkdown(readFileSync(join(docs, file), 'utf8'))
      expect(
        target.map(({ id }) => id),
        `${link} in ${dirname(name)}`,
      ).toContain(heading)
    }
  })
})

test('every task of the help has its picture in both languages', () => {
  const files = TASKS.flatMap(({ id }) => LANGUAGES.map((language) => `task-${id}.${language}.webp`))
  expect(files.filter((file) => !existsSync(join(root, 'assets/pictures/guide', file)))).toEqual([])
})

test('the window reads every guide in its language, and finds what stands in it', async () => {
  for (const language of LANGUAGES) {
    const guides = await readGuides(language)
    expect(guides.map(({ id }) => id)).toEqual(GUIDE_IDS)
    const words = guides.flatMap(({ sections }) => sections.map(textOf)).join(' ')
    for (const wanted of ['npm run conformance', 'ScannerDriver', 'settings.lockMinutes', 'doctor'])
      expect(words).toContain(wanted)
  }
})

test('links between guides are followed in the window; sources and the web are not', () => {
  expect(targetOf('machine-settings.en.md', 'administrator')).toEqual({ guide: 'machine-settings', section: '' })
  expect(targetOf('#updates', 'administrator')).toEqual({ guide: 'administrator', section: 'updates' })
  for (const other of ['../electron/core/cli.ts', 'https://example.org', 'command-line.md', '../README.md#start'])
    expect(targetOf(other, 'centre')).toBeNull()
})

describe('the reader of Markdown', () => {
  it('reads headings with their places, paragraphs over lines, lists with their continuations', () => {
    const [first, second] = readMarkdown('# One\n\ntwo\nlines\n\n## A, b & c\n\n- x\n  goes on\n- y\n1. n\n')
    expect(first).toEqual({ id: 'one', level: 1, title: 'One', blocks: [{ kind: 'paragraph', text: [{ kind: 'text', text: 'two lines' }] }] }) // prettier-ignore
    expect(second).toMatchObject({ id: 'a-b--c', level: 2, blocks: [{ kind: 'list', ordered: false, items: [[{ text: 'x goes on' }], [{ text: 'y' }], [{ text: 'n' }]] }] }) // prettier-ignore
  })
  it('reads code as it stands, tables with bars in them, pictures and inline marks', () => {
    const [section] = readMarkdown('# T\n```json\n{\n  "a": 1\n```\n    npm start\n\n| a | b |\n|---|---|\n| `x|y` | p \\| q |\n\n![alt](p.webp)\n\na **b** `c` [d](e.md#f)\n') // prettier-ignore
    expect(section!.blocks).toEqual([
      { kind: 'code', text: '{\n  "a": 1' },
      { kind: 'code', text: 'npm start' },
      { kind: 'table', head: [[{ kind: 'text', text: 'a' }], [{ kind: 'text', text: 'b' }]], rows: [[[{ kind: 'code', text: 'x|y' }], [{ kind: 'text', text: 'p | q' }]]] }, // prettier-ignore
      { kind: 'picture', alt: 'alt', file: 'p.webp' },
      { kind: 'paragraph', text: [{ kind: 'text', text: 'a ' }, { kind: 'strong', text: 'b' }, { kind: 'text', text: ' ' }, { kind: 'code', text: 'c' }, { kind: 'text', text: ' ' }, { kind: 'link', text: 'd', to: 'e.md#f' }] }, // prettier-ignore
    ])
  })
})

/** The guides of docs/ in the window, in its language, read when help shows them first. */
import { readMarkdown, type Section } from './markdown.ts'

export const GUIDE_IDS = ['administrator', 'machine-settings', 'centre', 'developer'] as const
export type GuideId = (typeof GUIDE_IDS)[number]
export type GuideLanguage = 'zh-CN' | 'en'

export interface Guide {
  id: GuideId
  title: string
  sections: Section[]
}

const texts = import.meta.glob<string>('../../../docs/*.md', { query: '?raw', import: 'default' })
const pictures = import.meta.glob<string>('../../../assets/pictures/guide/*.webp', { query: '?url', import: 'default', eager: true }) // prettier-ignore

const read = new Map<GuideLanguage, Promise<Guide[]>>()

/** Every guide in a language; read once. */
export function readGuides(language: GuideLanguage): Promise<Guide[]> {
  const known = read.get(language)
  if (known) return known
  const guides = Promise.all(GUIDE_IDS.map((id) => readGuide(id, language)))
  read.set(language, guides)
  return guides
}

async function readGuide(id: GuideId, language: GuideLanguage): Promise<Guide> {
  const text = await texts[`../../../docs/${id}.${language}.md`]!()
  const [first, ...sections] = readMarkdown(text)
  return { id, title: first!.title, sections: [{ ...first!, id: '' }, ...sections] }
}

/** Where a guide's picture lies for the window, undefined when it has none of that name. */
export const pictureUrl = (file: string): string | undefined =>
  pictures[`../../../assets/pictures/guide/${file.slice(file.lastIndexOf('/') + 1)}`]

/** The guide and the section that a link of a guide leads to; null for what the window does not hold, such as sources. */
export function targetOf(to: string, from: GuideId): { guide: GuideId; section: string } | null {
  const [page = '', section = ''] = to.split('#')
  if (page === '') return { guide: from, section }
  const name = /^([a-z-]+)\.(?:zh-CN|en)\.md$/.exec(page)?.[1]
  const guide = GUIDE_IDS.find((id) => id === name)
  return guide ? { guide, section } : null
}

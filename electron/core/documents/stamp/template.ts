import type { StampOptions } from '../types.ts'

/**
 * What a template prints: bilingual lines at places of the page. The texts live here, with their template, because
 * they stand on paper and not in the interface. Numbers of pages and hashes are filled in page by page.
 */
export interface StampLine {
  readonly text: string
  readonly corner: 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right'
}

export interface PageFacts {
  /** From 1. */
  readonly page: number
  readonly pages: number
  /** First characters of the page's hash. */
  readonly hash: string
}

/** Length of the hash printed: 40 bits tell pages apart and can be compared by eye. */
const HASH_LENGTH = 10

export function stampLines(options: StampOptions, facts: PageFacts): StampLine[] {
  const { library, libraryEn, requestNo, date, staff, freeText } = options
  const owner = libraryEn ? `${library}  ${libraryEn}` : library
  const request = `文献传递 Document Delivery  申请号 Request ${requestNo}`
  const place = `第 ${facts.page}/${facts.pages} 页 Page ${facts.page} of ${facts.pages}`
  const signed = [date, staff && `经办 Staff ${staff}`, freeText].filter(Boolean).join('  ')
  const verified = `${place}  校验 Check ${facts.hash.slice(0, HASH_LENGTH)}`
  if (options.template === 'header-footer')
    return [
      { text: owner, corner: 'top-left' },
      { text: request, corner: 'top-right' },
      { text: signed, corner: 'bottom-left' },
      { text: verified, corner: 'bottom-right' },
    ]
  return [
    { text: `${owner}  ${requestNo}  ${signed}`, corner: 'bottom-left' },
    { text: verified, corner: 'bottom-right' },
  ]
}

/** What is printed of a page's hash. */
export const checkOf = ({ hash }: PageFacts): string => hash.slice(0, HASH_LENGTH)

/** Says in the content which page a stamp stands on; its words may be a library's own, in any order and place. */
export const placeMark = ({ page, pages }: PageFacts): string => `/BalisDesk<</Page ${page}/Pages ${pages}>>BDC\n`

/** Which page the content's stamp stands on; null where there is no stamp. */
export function readPlaceMark(content: string): Omit<PageFacts, 'hash'> | null {
  const found = /\/BalisDesk<<\/Page (\d+)\/Pages (\d+)>>BDC/.exec(content)
  return found && { page: Number(found[1]), pages: Number(found[2]) }
}

/** Content of a page without the stamp that this program wrote behind it; null where there is none. */
export function withoutStamp(content: string): string | null {
  // A stamp writes its words as glyph numbers, so that the words which end it stand nowhere else in it.
  const rest = content.replace(/\/BalisDesk<<\/Page \d+\/Pages \d+>>BDC\n[^]*?Q EMC\n/g, '')
  return rest.length < content.length ? rest : null
}

/** The check among a stamp's words: the one that fits where it is there, else what looks like one. */
export function readCheck(words: readonly string[], hash: string): string | null {
  const right = hash.slice(0, HASH_LENGTH)
  if (words.some((text) => text.includes(right))) return right
  const wrong = new RegExp(`(?<!\\w)[0-9a-f]{${HASH_LENGTH}}(?!\\w)`)
  return words.map((text) => wrong.exec(text)?.[0]).find((text) => text !== undefined) ?? null
}

/** Every character that a document's stamps can need. */
export function stampCharacters(options: StampOptions): string {
  const lines = stampLines(options, { page: 1, pages: 1, hash: '' })
  const own = (options.layout ?? []).map((field) => field.text).join('')
  return `${lines.map((line) => line.text).join('')}${own}${watermarkText(options)}${coverText(options)}0123456789abcdef `
}

export const watermarkText = (options: StampOptions): string =>
  options.template === 'watermark' ? `${options.library} ${options.requestNo}` : ''

/** What every supplied copy says of itself. */
export const COPYRIGHT_NOTICE = [
  '本文献仅供申请人个人学习、研究使用，不得复制、传播或用于商业目的。',
  'Supplied for private study or research only; not to be copied further, distributed or sold.',
]

/** The lines of the cover page, the first as its heading. */
export function coverLines(options: StampOptions): string[] {
  const { cover } = options
  if (!cover) return []
  const notice = cover.notice ? cover.notice.split('\n') : COPYRIGHT_NOTICE
  return [
    '文献传递 Document Delivery',
    options.library,
    options.libraryEn ?? '',
    `申请号 Request No. ${options.requestNo}`,
    `日期 Date ${options.date}`,
    '',
    ...cover.lines,
    '',
    ...notice,
  ]
}

const coverText = (options: StampOptions): string => coverLines(options).join('')

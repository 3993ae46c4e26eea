/**
 * Titles as people paste them out of catalogues and shops: "文化苦旅 / 余秋雨著", "文化苦旅，作家出版社，2019", "文化苦旅 余秋雨著".
 * What follows the title is taken for what it is; a title that is nothing else is left alone.
 */
import { HAN } from '../fold.ts'
import type { Wanted } from './match.ts'
import { lettersOf } from './title.ts'

/** A publisher at the end, parted from the title, with or without its year. */
const IMPRINT = /[\s,，;；.。:：/]+(?:[\p{Script=Han}]{2,4}[:：])?\s*\p{Script=Han}{2,12}(?:出版社|印书馆|书局)(?:\s*[,，]?\s*\d{4}\s*年?)?\s*$/u // prettier-ignore
/** A statement of responsibility after the slash of ISBD; "TCP/IP" has no blanks around it. */
const SLASH = /\s+[/／]\s*(\S.*)$/u
/** A name with what it did: 余秋雨著, 同济大学数学系 编. */
const BY = /\s+(\p{Script=Han}[\p{Script=Han}·\s]{1,14}?)\s*等?\s*(?:主编|编著|译著|编译|[著编译撰])\s*$/u

const said = (names: string, author: string) => lettersOf(names).includes(lettersOf(author))

/** The same wish with publisher and author taken out of the title. */
export function tidied(wanted: Wanted): Wanted {
  let { title, author } = wanted
  const cut = (pattern: RegExp, take: (name: string) => boolean) => {
    const found = pattern.exec(title)
    const rest = found && title.slice(0, found.index)
    if (!rest || lettersOf(rest) === '' || !take(found[1] ?? '')) return
    title = rest
  }
  if (HAN.test(title)) cut(IMPRINT, () => true)
  for (const pattern of [SLASH, BY])
    cut(pattern, (name) => {
      // What stands there against a named author is part of the title.
      if (author.trim() !== '') return said(name, author)
      author = name
      return true
    })
  return title === wanted.title ? wanted : { ...wanted, title, author }
}

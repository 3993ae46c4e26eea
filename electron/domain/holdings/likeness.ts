/** How alike two folded texts and two names are. */
import { HAN, normalise } from '../fold.ts'
import { lettersOf } from './title.ts'

/** Edits between two texts: a letter put in, left out, changed, or two neighbours swapped. @param limit counting stops there */
export function edits(a: string, b: string, limit: number): number {
  const [short, long] = a.length <= b.length ? [[...a], [...b]] : [[...b], [...a]]
  if (long.length - short.length >= limit) return limit
  let before: number[] = []
  let row = Array.from({ length: short.length + 1 }, (_, i) => i)
  for (let i = 1; i <= long.length; i++) {
    const next = [i]
    let best = i
    for (let j = 1; j <= short.length; j++) {
      const same = long[i - 1] === short[j - 1]
      let cost = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && long[i - 1] === short[j - 2] && long[i - 2] === short[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1)
      next.push(cost)
      best = Math.min(best, cost)
    }
    if (best >= limit) return limit
    before = row
    row = next
  }
  return Math.min(row.at(-1)!, limit)
}

export type Likeness = 'same' | 'close' | 'differs' | 'unknown'

/** Typing errors a text of this length may have and still be the same: Chinese characters say more than letters. */
function slipsAllowed(text: string): number {
  const length = [...text].length
  return HAN.test(text) ? (length >= 12 ? 2 : length >= 4 ? 1 : 0) : length >= 30 ? 3 : length >= 14 ? 2 : length >= 6 ? 1 : 0 // prettier-ignore
}

/** Numbers in a title are never typing errors: 计算机二级 and 三级, volume 1 and 2, 1978 and 1979. */
const numbersIn = (text: string) => (text.match(/\d+/g) ?? []).join()

export function likeTitles(a: string, b: string): Likeness {
  if (a === '' || b === '') return 'unknown'
  if (a === b) return 'same'
  if (numbersIn(a) !== numbersIn(b)) return 'differs'
  const slips = Math.min(slipsAllowed(a), slipsAllowed(b))
  return slips > 0 && edits(a, b, slips + 1) <= slips ? 'close' : 'differs'
}

const ROLES =
  /(?:主编|编著|编译|编写|译注|校注|总编|著|编|译|撰|等|注|辑|校|绘|edited by|ed\.|eds\.|trans\.|by|et al\.?)$/
const NATION = /[([〔【][^)\]〕】]{1,4}[)\]〕】]/g
const BETWEEN = /\s*(?:[;；、/&]|，|\band\b|\bwith\b|和(?=\p{Script=Han}{2,4}(?:$|[^\p{Script=Han}])))\s*/u

/** Names in a statement of responsibility: "(美) 韦斯著；冯舜玺译" -> 韦斯, 冯舜玺. */
export function namesIn(statement: string): string[] {
  const text = normalise(statement.replace(NATION, ' '))
  const parts = text.split(BETWEEN).flatMap((part) => (HAN.test(part) ? part.split(/[,\s]+/) : [part]))
  return parts
    .map((part) => {
      let name = part.trim().replace(/^(?:by|edited by)\s+/, '')
      while (ROLES.test(name)) name = name.replace(ROLES, '').trim()
      return name.replace(/[.\s]+$/, '')
    })
    .filter((name) => lettersOf(name).length > 1)
}

/** Family name first or last, given names whole or as initials: "Smith, J." is "John Smith". */
function likeLatinNames(a: string, b: string): Likeness {
  const words = (name: string) => name.replace(/[.,-]/g, ' ').split(/\s+/).filter(Boolean)
  const [left, right] = [words(a), words(b)]
  const shared = left.filter((word) => word.length > 1 && right.includes(word))
  if (shared.length > 0) {
    const initials = (list: string[]) => list.filter((word) => !shared.includes(word)).map((word) => word[0]).toSorted() // prettier-ignore
    const [l, r] = [initials(left), initials(right)]
    return l.length === 0 || r.length === 0 || l.some((one) => r.includes(one)) ? 'same' : 'differs'
  }
  const longest = (list: string[]) => list.reduce((best, word) => (word.length > best.length ? word : best), '')
  return edits(longest(left), longest(right), 2) < 2 && longest(left).length > 4 ? 'close' : 'differs'
}

function likeNames(a: string, b: string): Likeness {
  const [hanA, hanB] = [HAN.test(a), HAN.test(b)]
  // The same person in two scripts cannot be told from another.
  if (hanA !== hanB) return 'unknown'
  if (!hanA) return likeLatinNames(a, b)
  const [left, right] = [lettersOf(a), lettersOf(b)]
  if (left === right || (Math.min(left.length, right.length) >= 3 && (left.endsWith(right) || right.endsWith(left))))
    return 'same'
  return Math.max(left.length, right.length) >= 3 && edits(left, right, 2) < 2 ? 'close' : 'differs'
}

const ORDER: readonly Likeness[] = ['same', 'close', 'unknown', 'differs']

/** The best likeness of any two names. */
export function likeAuthors(ours: readonly string[], theirs: readonly string[]): Likeness {
  const [a, b] = [ours.flatMap(namesIn), theirs.flatMap(namesIn)]
  if (a.length === 0 || b.length === 0) return 'unknown'
  const all = a.flatMap((left) => b.map((right) => likeNames(left, right)))
  return ORDER.find((likeness) => all.includes(likeness))!
}

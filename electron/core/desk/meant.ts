/** A search that finds nothing, with its Latin words as they stand in titles. */
import type { Db } from '../../../db/driver.ts'
import { matchingRids } from '../../../db/queries/queue-rows.ts'
import { wordsBeginning } from '../../../db/queries/queue-vocabulary.ts'
import { normalise, searchQuery } from '../../domain/search-text.ts'
import { nearest, SHORTEST } from '../../domain/typo.ts'

const LATIN = /[a-z]+/g

/** @returns null when nothing is nearer to what is there */
export function meant(db: Db, text: string): string | null {
  let mended = false
  const better = normalise(text).replace(LATIN, (word) => {
    if (word.length < SHORTEST || isThere(db, word)) return word
    // Two letters exchanged at the beginning: the word begins with the second.
    const letters = [...new Set(word.slice(0, 2))]
    const found = nearest(
      word,
      letters.flatMap((letter) => wordsBeginning(db, letter)),
    )
    if (found === undefined) return word
    mended = true
    return found
  })
  return mended ? better : null
}

function isThere(db: Db, word: string): boolean {
  const query = searchQuery(word)
  return query !== null && matchingRids(db, query).length > 0
}

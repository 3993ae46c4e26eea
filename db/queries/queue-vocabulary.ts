/** The words of the queue's text index, for what somebody may have meant. */
import type { Db } from '../driver.ts'

/** Latin words that begin with a letter and in how many requests each stands. */
export function wordsBeginning(db: Db, letter: string): { word: string; count: number }[] {
  db.exec(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.queue_vocabulary USING fts5vocab (main, queue_text, row)`)
  const words = db.sql<{ word: string; count: number }>(
    `SELECT term AS word, doc AS count FROM temp.queue_vocabulary
     WHERE term >= ? AND term < ? AND length(term) >= 4 AND term NOT GLOB '*[0-9]*'`,
  )
  return words.all(letter, String.fromCharCode(letter.charCodeAt(0) + 1))
}

/**
 * Parts of the text index are merged by indexTexts, sixteen of a size at a time. While large ones are merged, small ones
 * gather: FTS5 may only step in, and merge all at once, where hundreds have.
 */
import type { Db } from '../driver.ts'

const SETTINGS = `INSERT INTO queue_text (queue_text, rank) VALUES ('automerge', 0), ('usermerge', 16), ('crisismerge', 500)`

export const textMerging = { version: 200, up: (db: Db): void => db.exec(SETTINGS) }

/** Parts of the text index are merged by indexTexts, sixteen of a size at a time; FTS5 by itself only where that falls behind. */
import type { Db } from '../driver.ts'

const SETTINGS = `INSERT INTO queue_text (queue_text, rank) VALUES ('automerge', 0), ('usermerge', 16), ('crisismerge', 64)`

export const textMerging = { version: 200, up: (db: Db): void => db.exec(SETTINGS) }

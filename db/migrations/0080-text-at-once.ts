/** The words of a row are indexed in the transaction that writes it: none wait any more (views are made anew at start). */
import type { Db } from '../driver.ts'

export const textAtOnce = { version: 80, up: (db: Db): void => db.exec('DROP TABLE text_waiting') }

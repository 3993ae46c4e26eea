/** The drawn signature of a hand-over is kept as a picture beside the photographs of it. */
import type { Db } from '../driver.ts'

const SCHEMA = `
ALTER TABLE handover_photo ADD COLUMN kind TEXT NOT NULL DEFAULT 'photo' CHECK (kind IN ('photo', 'signature'));
`

export const signatures = { version: 110, up: (db: Db): void => db.exec(SCHEMA) }

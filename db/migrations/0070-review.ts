/** What was done offline and would now be refused waits until a person has said whether it is to be sent. */
import type { Db } from '../driver.ts'

const SCHEMA = `
-- 'asked': waits for a person; 'send': the person wants the centre's word all the same.
ALTER TABLE outbox ADD COLUMN review TEXT CHECK (review IN ('asked', 'send'));
`

export const review = { version: 70, up: (db: Db): void => db.exec(SCHEMA) }

/**
 * What a desk does all day must not cost more as the years of settled operations, pages and prints gather: operations are
 * found by their state, and whatever names a file is found by the file when one is let go.
 */
import type { Db } from '../driver.ts'

/** While large parts of the text index are merged, small ones gather: FTS5 may only step in, and merge all at once, where hundreds have. */
const MERGING = `INSERT INTO queue_text (queue_text, rank) VALUES ('crisismerge', 500)`

const INDEXES = `
DROP INDEX outbox_active;
CREATE INDEX outbox_state ON outbox (state, place);
CREATE INDEX page_original ON page (original);
CREATE INDEX page_preview ON page (preview);
CREATE INDEX page_thumb ON page (thumb);
CREATE INDEX page_evened ON page (evened) WHERE evened IS NOT NULL;
CREATE INDEX document_sha256 ON document (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX print_job_sha256 ON print_job (sha256);
CREATE INDEX print_job_sent ON print_job (sent_sha256) WHERE sent_sha256 IS NOT NULL;
CREATE INDEX handover_photo_sha256 ON handover_photo (sha256);
`

export const growth = { version: 210, up: (db: Db): void => db.exec(INDEXES + MERGING) }

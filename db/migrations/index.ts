import type { Migration } from '../migrate.ts'
import { core } from './0010-core.ts'
import { work } from './0020-work.ts'

/** Every step of the schema, oldest first. A step that was released is never edited. */
export const MIGRATIONS: readonly Migration[] = [core, work]

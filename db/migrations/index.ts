import type { Migration } from '../migrate.ts'
import { core } from './0010-core.ts'
import { work } from './0020-work.ts'
import { tray } from './0030-tray.ts'
import { courier } from './0040-courier.ts'
import { print } from './0050-print.ts'
import { pageWork } from './0060-page-work.ts'
import { review } from './0070-review.ts'
import { textAtOnce } from './0080-text-at-once.ts'
import { received } from './0090-received.ts'
import { reports } from './0100-reports.ts'
import { signatures } from './0110-signatures.ts'
import { monthly } from './0120-monthly.ts'
import { safety } from './0170-safety.ts'
import { holdings } from './0180-holdings.ts'
import { textMerging } from './0200-text-merging.ts'
import { growth } from './0210-growth.ts'

/** Every step of the schema, oldest first. A step that was released is never edited. */
export const MIGRATIONS: readonly Migration[] = [
  // One a line: several hands add to this list.
  core,
  work,
  tray,
  courier,
  print,
  pageWork,
  review,
  textAtOnce,
  received,
  reports,
  signatures,
  monthly,
  safety,
  holdings,
  textMerging,
  growth,
]

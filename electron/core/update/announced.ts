/**
 * What the centre says of this program: a newer version is out, or is needed from now on. Its word only tells people; where
 * a version comes from, and whether it is genuine, is the signed feed's business (feed.ts).
 */
import type { Db } from '../../../db/driver.ts'
import { newestNotices } from '../../../db/queries/base.ts'
import { getMeta } from '../../../db/queries/meta.ts'
import { NoticeRow } from '../../contract/centre.contract.ts'
import type { UpdateView } from '../../contract/core.contract.ts'
import { compareVersions } from '../../contract/version.ts'

/** Older notices than the newest so many are not looked at, however many a centre sends. */
const LOOKED_AT = 50

/**
 * The highest version above our own that a notice names.
 * @param own the version that runs
 */
export function announced(db: Db, own: string): UpdateView['announced'] {
  let best: UpdateView['announced'] = null
  for (const body of newestNotices(db, 'desk', LOOKED_AT)) {
    const notice = NoticeRow.safeParse(JSON.parse(body)).data
    if (!notice?.desk) continue
    const { newest, atLeast } = notice.desk
    if (compareVersions(newest, best?.version ?? own) <= 0) continue
    const required = compareVersions(atLeast ?? '', own) > 0
    const { title, text, at } = notice
    best = { version: newest, required, title, text, at, heard: getMeta(db, 'heardVersion') === newest }
  }
  return best
}

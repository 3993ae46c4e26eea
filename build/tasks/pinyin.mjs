/**
 * `npm run pinyin`: puts the Han characters into pinyin order once (electron/domain/pinyin-order.ts). Sorting 21,000 of them
 * by ICU takes longer than reading a page of the feed, and another edition of ICU has another order: keys that were stored
 * would not fit those made later. After a change raise VIEW_VERSION (db/desk-views.ts).
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup/places.mjs'
import { pinyinOrder } from './support/pinyin-order.mjs'

const TEXT = `/**
 * @license Made by \`npm run pinyin\` from ICU's pinyin collation (CLDR, Unicode License v3): the place of each of the characters from
 * 4E00 to 9FFF, two bytes each, the higher one last, in base64.
 */
export const PINYIN_PLACES =
  '${pinyinOrder()}'
`
writeFileSync(join(root, 'electron', 'domain', 'pinyin-order.ts'), TEXT)

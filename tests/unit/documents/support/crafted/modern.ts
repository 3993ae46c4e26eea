/** Object streams and cross-reference streams. */
import { rewriteModern, type CraftedFile } from './parts.ts'

export const MODERN: readonly CraftedFile[] = [
  { name: 'an object stream without its first', bytes: rewriteModern((text) => text.replace(/\/First \d+/, '')) },
  {
    name: 'an object stream with a wrong first',
    bytes: rewriteModern((text) => text.replace(/\/First \d+/, '/First 3')),
  },
  { name: 'an object stream with too few objects', bytes: rewriteModern((text) => text.replace(/\/N \d+/, '/N 2')) },
  { name: 'an object stream with too many objects', bytes: rewriteModern((text) => text.replace(/\/N \d+/, '/N 99')) },
  {
    name: 'an object stream of another type',
    bytes: rewriteModern((text) => text.replace('/Type/ObjStm', '/Type/Other ')),
  },
  {
    name: 'an object stream that is damaged',
    bytes: rewriteModern((text) => text.replace(/(ObjStm[^]*?stream\n..)[^]{6}/, '$1\xff\xff\xff\xff\xff\xff')),
  },
  {
    name: 'a cross-reference stream that is damaged',
    bytes: rewriteModern((text) => text.replace(/(\/XRef[^]*?stream\n..)[^]{6}/, '$1\xff\xff\xff\xff\xff\xff')),
  },
  {
    name: 'a cross-reference stream of another type',
    bytes: rewriteModern((text) => text.replace('/Type/XRef', '/Type/Xref')),
  },
  { name: 'a cross-reference stream without widths', bytes: rewriteModern((text) => text.replace('/W[1 4 1]', '')) },
  {
    name: 'a cross-reference stream whose root is wrong',
    bytes: rewriteModern((text) => text.replace('/Root 1 0 R', '/Root 9 0 R')),
  },
  {
    name: 'a cross-reference stream that is not there',
    bytes: rewriteModern((text) => text.replace(/startxref\n\d+/, 'startxref\n5')),
  },
  {
    name: 'object streams without any cross-references',
    bytes: rewriteModern((text) => text.slice(0, text.indexOf('/Type/XRef') - 20)),
  },
]

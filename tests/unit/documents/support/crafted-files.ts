/**
 * Files that are odd on purpose, one feature or fault each. How they must end is not typed here: what qpdf or mutool
 * opens must be taken over as they see it (tests/bench/documents/judge.ts).
 */
import { ANNOTATIONS } from './crafted/annotations.ts'
import { bombs } from './crafted/bombs.ts'
import { CONTENTS } from './crafted/contents.ts'
import { FORMS } from './crafted/forms.ts'
import { FRAMES } from './crafted/frames.ts'
import { IMAGES } from './crafted/images.ts'
import { MODERN } from './crafted/modern.ts'
import { PAGES, TREES } from './crafted/pages.ts'
import { LENGTHS, SYNTAX } from './crafted/syntax.ts'
import type { CraftedFile } from './crafted/parts.ts'

/** All of them; bombs are made when asked for, since they cost time and memory. */
export const craftedFiles = (withBombs = false): CraftedFile[] => [
  ...FRAMES,
  ...SYNTAX,
  ...LENGTHS,
  ...TREES,
  ...PAGES,
  ...CONTENTS,
  ...ANNOTATIONS,
  ...FORMS,
  ...IMAGES,
  ...MODERN,
  ...(withBombs ? bombs() : []),
]

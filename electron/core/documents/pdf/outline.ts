import type { ObjectFile } from './object-file.ts'
import { ref, text } from './syntax.ts'

/** A bookmark with those below it. */
export interface OutlineItem {
  readonly title: string
  /** The place as a PDF array; empty for a heading that leads nowhere. */
  readonly place: string
  readonly open: boolean
  readonly kids: readonly OutlineItem[]
}

/** Writes the bookmarks and returns the number of their root (ISO 32000-1, 12.3.3), or null where there are none. */
export async function writeOutline(file: ObjectFile, items: readonly OutlineItem[]): Promise<number | null> {
  if (items.length === 0) return null
  const root = file.allocate()
  const first = file.allocate(items.length)
  await writeLevel(file, items, root, first)
  const count = items.reduce((sum, item) => sum + 1 + shown(item), 0)
  await file.object(root, `<</Type/Outlines/First ${ref(first)}/Last ${ref(first + items.length - 1)}/Count ${count}>>`)
  return root
}

async function writeLevel(
  file: ObjectFile,
  items: readonly OutlineItem[],
  parent: number,
  first: number,
): Promise<void> {
  for (const [i, item] of items.entries()) {
    const own = first + i
    let entries = `/Title${text(item.title)}/Parent ${ref(parent)}`
    if (i > 0) entries += `/Prev ${ref(own - 1)}`
    if (i < items.length - 1) entries += `/Next ${ref(own + 1)}`
    if (item.place) entries += `/Dest${item.place}`
    if (item.kids.length > 0) {
      const kids = file.allocate(item.kids.length)
      const below = item.kids.reduce((sum, kid) => sum + 1 + shown(kid), 0)
      entries += `/First ${ref(kids)}/Last ${ref(kids + item.kids.length - 1)}/Count ${item.open ? below : -below}`
      await writeLevel(file, item.kids, own, kids)
    }
    await file.object(own, `<<${entries}>>`)
  }
}

/** Bookmarks that are seen below an item while it is open. */
const shown = ({ open, kids }: OutlineItem): number => (open ? kids.reduce((sum, kid) => sum + 1 + shown(kid), 0) : 0)

/** Where rows of equal height stand, with group headers among them; in pixels from the top. Pure. */
export interface RowLayout {
  readonly height: number
  /** Top of row `index`. */
  top(index: number): number
  /** Top of header `n` (in order). */
  headerTop(n: number): number
  /** The row at a distance from the top; clamped to the rows there are. */
  rowAt(y: number): number
}

/**
 * @param headersBefore row indexes, ascending, before which a header stands
 */
export function layoutRows(
  total: number,
  rowHeight: number,
  headersBefore: readonly number[],
  headerHeight: number,
): RowLayout {
  const above = (index: number) => headersBefore.filter((before) => before <= index).length
  const top = (index: number) => index * rowHeight + above(index) * headerHeight
  const headerTop = (n: number) => headersBefore[n]! * rowHeight + n * headerHeight
  return {
    height: total * rowHeight + headersBefore.length * headerHeight,
    top,
    headerTop,
    rowAt(y) {
      let headers = 0
      while (headers < headersBefore.length && headerTop(headers) <= y) headers++
      const index = Math.floor((y - headers * headerHeight) / rowHeight)
      const least = headers > 0 ? headersBefore[headers - 1]! : 0
      return Math.max(0, Math.min(total - 1, Math.max(index, least)))
    },
  }
}

/** Engines cannot lay out taller boxes; above this the scroll bar moves a longer way than the hand. */
export const TALLEST = 12_000_000

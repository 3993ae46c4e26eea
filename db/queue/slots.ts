/**
 * Which slot a row stands in. Rows of base are numbered from one upwards, so that a plain array finds them ten times as
 * fast as a map; the few of this desk's own (below zero), and whatever is numbered far beyond the rest, have a map.
 */

/** Numbers up to here may stand in the array: 64 MB of it at the most. */
const FAR = 1 << 24

export class Slots {
  /** Slot plus one by number; zero where there is none. */
  private near = new Int32Array(1024)
  private readonly others = new Map<number, number>()

  /** @returns -1 for a row that is not there */
  of(rid: number): number {
    if (rid >= 0 && rid < this.near.length) return this.near[rid]! - 1
    return this.others.get(rid) ?? -1
  }

  set(rid: number, slot: number): void {
    if (rid < 0 || rid >= FAR) this.others.set(rid, slot)
    else {
      if (rid >= this.near.length) this.grow(rid)
      this.near[rid] = slot + 1
    }
  }

  delete(rid: number): void {
    if (rid >= 0 && rid < this.near.length) this.near[rid] = 0
    else this.others.delete(rid)
  }

  clear(): void {
    this.near.fill(0)
    this.others.clear()
  }

  private grow(rid: number): void {
    const larger = new Int32Array(Math.min(FAR, Math.max(rid + 1, this.near.length * 2)))
    larger.set(this.near)
    this.near = larger
  }
}

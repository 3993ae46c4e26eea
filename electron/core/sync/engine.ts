/** Keeps this desk and the centre in step (design: sync, rules C1-C6). */
export interface SyncEngine {
  /** Asks for a cycle soon (200 ms after the last asking), because something was committed or the centre called. */
  nudge(): void
  /** Runs one cycle now and ends with it; never throws for the network's sake. */
  cycle(): Promise<void>
  stop(): Promise<void>
}

/** Lets the queue and the sync have their turn in the middle of long counting. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** The line between desks and centre, in the hands of the test: every message waits until somebody moves, loses or doubles it. */
import type fc from 'fast-check'
import { LinkError } from '../../electron/core/sync/link.ts'

export interface Flight {
  desk: string
  what: string
  state: 'request' | 'reply'
  /** What the centre does with it; called once for each delivery. */
  serve(): unknown
  answer?: { ok: true; value: unknown } | { ok: false; error: unknown }
  resolve(value: unknown): void
  reject(error: unknown): void
}

export class Network {
  readonly flights: Flight[] = []
  /** When there is one, it decides what arrives next; nothing is lost then. */
  scheduler: fc.Scheduler | null = null

  send<T>(desk: string, what: string, serve: () => T): Promise<T> {
    if (this.scheduler) return scheduled(this.scheduler, `${desk} ${what}`, serve)
    return new Promise<T>((resolve, reject) => {
      this.flights.push({ desk, what, state: 'request', serve, resolve: resolve as Flight['resolve'], reject })
    })
  }

  /** One step further: a request reaches the centre, or a reply the desk. */
  advance(index: number): void {
    const flight = this.flights[index]
    if (!flight) return
    if (flight.state === 'request') {
      flight.answer = serveOnce(flight)
      flight.state = 'reply'
      return
    }
    this.flights.splice(index, 1)
    if (flight.answer!.ok) flight.resolve(flight.answer!.value)
    else flight.reject(flight.answer!.error)
  }

  /** The line breaks under this message: lost on the way there, or on the way back. */
  lose(index: number): void {
    // A turn of the desk's own is no message.
    if (this.flights[index]?.what === 'turn') return
    const [flight] = this.flights.splice(index, 1)
    flight?.reject(new LinkError('offline'))
  }

  /** A copy of this request will arrive some time later; nobody waits for its reply. */
  double(index: number): void {
    const flight = this.flights[index]
    if (flight?.state === 'request' && flight.what !== 'turn')
      this.flights.push({ ...flight, desk: '', resolve: () => {}, reject: () => {} })
  }

  /** The desk died: what it has sent still arrives, what comes back finds nobody. */
  orphan(desk: string): void {
    for (const flight of this.flights)
      if (flight.desk === desk) Object.assign(flight, { desk: '', resolve: () => {}, reject: () => {} })
  }
}

/** There and back, each when its turn comes. */
async function scheduled<T>(scheduler: fc.Scheduler, name: string, serve: () => T): Promise<T> {
  await scheduler.schedule(Promise.resolve(), `${name} asked`)
  const value = serve()
  await scheduler.schedule(Promise.resolve(), `${name} answered`)
  return value
}

function serveOnce(flight: Flight): NonNullable<Flight['answer']> {
  try {
    return { ok: true, value: flight.serve() }
  } catch (error) {
    return { ok: false, error }
  }
}

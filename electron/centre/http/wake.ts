/** `GET /v1/lib/{L}/wake`: hints that the feed moved, as server-sent events. A lost hint costs nothing: desks poll too. */
import type { ServerResponse } from 'node:http'

const COMMENT_MS = 25_000

export class WakeLines {
  private readonly lines = new Map<string, Set<ServerResponse>>()
  private readonly timer: NodeJS.Timeout

  constructor() {
    this.timer = setInterval(() => this.breathe(), COMMENT_MS)
    this.timer.unref()
  }

  open(library: string, res: ServerResponse, seq: number): void {
    res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' })
    res.write(`data: ${JSON.stringify({ seq })}\n\n`)
    const open = this.lines.get(library) ?? new Set()
    this.lines.set(library, open.add(res))
    res.on('close', () => open.delete(res))
  }

  /** Tells every desk of a library that its feed reached `seq`. */
  hint(library: string, seq: number): void {
    for (const res of this.lines.get(library) ?? []) res.write(`data: ${JSON.stringify({ seq })}\n\n`)
  }

  private breathe(): void {
    for (const open of this.lines.values()) for (const res of open) res.write(':\n\n')
  }

  close(): void {
    clearInterval(this.timer)
    for (const open of this.lines.values()) for (const res of open) res.end()
  }
}

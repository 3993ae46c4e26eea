/** `build-many.ts OUT clean|paper PAGES SCAN...`: one build, the scans taken round and round. A process to watch. */
import { buildOnce, job } from './tools.ts'

const [out, profile, pages, ...scans] = process.argv.slice(2)
if (!out || (profile !== 'clean' && profile !== 'paper') || !pages || scans.length === 0) process.exit(2)
const sources = Array.from(
  { length: Number(pages) },
  (_, i) => ({ kind: 'image', path: scans[i % scans.length]! }) as const,
)
await buildOnce(job(sources, out, { profile }))
